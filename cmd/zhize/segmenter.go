package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"zhize/index"
	"zhize/index/jieba/gojieba"
)

// ownSegmenter is the --segmenter that every program has.
const ownSegmenter = "jieba"

// segmenting is what the flags say of who cuts the words of an index.
type segmenting struct {
	by  string // ownSegmenter or gojieba.Name
	dir string // gojieba's dictionary, "" for where the go command finds it
}

func (s *segmenting) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.by, "segmenter", ownSegmenter, "`NAME` of what cuts the words: jieba, or gojieba where the program was built with it")
	cmd.Flags().StringVar(&s.dir, "gojieba-dict", "", "`DIR` with gojieba's dictionary, where the go command does not find it")
	complete(cmd, "segmenter", ownSegmenter, gojieba.Name)
}

func (s *segmenting) check(cmd *cobra.Command, dict string) error {
	if err := oneOf(cmd, "--segmenter", s.by, ownSegmenter, gojieba.Name); err != nil {
		return err
	}
	switch {
	case s.by == gojieba.Name && dict != "":
		return misuse(cmd, "--segmenter gojieba and --dict ask for different things: gojieba has the program's own words")
	case s.by != gojieba.Name && s.dir != "":
		return misuse(cmd, "--gojieba-dict needs --segmenter gojieba")
	}
	return nil
}

// build makes the index of a folder with gojieba.
func (s *segmenting) build(ctx context.Context, dir string, positions io.Reader, progress func(done int)) (index.Info, error) {
	j, err := gojieba.Open(s.dir)
	if err != nil {
		return index.Info{}, err
	}
	defer j.Close()
	return index.BuildBy(ctx, dir, positions, j, progress)
}
