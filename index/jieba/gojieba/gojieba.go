// Package gojieba cuts words with gojieba v1.4.7 itself, for those who want to compare or do not trust a program that
// says that it does the same. It needs cgo, a C++ compiler, and gojieba's dictionary files when it runs, so it is part of
// a program only with the build tag gojieba; without it [Open] says how to build one that has it.
package gojieba

import "zhize/index/jieba"

// Name is the name of the segmenter, in an index and on the command line.
const Name = "gojieba"

// Segmenter is gojieba, loaded with the words of zhize's own dictionary. It is safe for concurrent use.
type Segmenter struct {
	cut  func(dst []jieba.Token, text string) []jieba.Token
	free func()
}

// Open loads gojieba (a second or two, and 140 MB that Go's heap does not show). dir is the folder "dict" of cppjieba with
// jieba.dict.utf8, hmm_model.utf8, user.dict.utf8, idf.utf8 and stop_words.utf8; where it is empty the go command is
// asked for the module's own. It is an error, and not another result, if the files are not those that the program's own
// dictionary was made of.
func Open(dir string) (*Segmenter, error) { return open(dir) }

// CutSearch appends the words of text to dst as [jieba.Dict.CutSearch] does: gojieba's Tokenize in search mode.
//
// gojieba drops what follows a NUL byte, and everything where a byte is not part of valid UTF-8. It gets what lies
// between such bytes, and each of them is a token by itself.
func (s *Segmenter) CutSearch(dst []jieba.Token, text string) []jieba.Token { return s.cut(dst, text) }

// Close frees what gojieba holds. No call may be running, and none may follow.
func (s *Segmenter) Close() { s.free() }
