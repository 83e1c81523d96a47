package export

import (
	"bufio"
	"bytes"
	"io"

	"zhize/record"
)

// textSink writes rows of text. put appends a row to the buffer; foot, where
// there is one, appends what a file ends with.
type textSink[T any] struct {
	w    *bufio.Writer
	row  bytes.Buffer
	put  func(*bytes.Buffer, T) error
	foot func(*bytes.Buffer) error
}

func newText[T any](w io.Writer, put func(*bytes.Buffer, T) error) *textSink[T] {
	return &textSink[T]{w: bufio.NewWriterSize(w, 256<<10), put: put}
}

func (s *textSink[T]) prepare(row T) (int64, error) {
	s.row.Reset()
	err := s.put(&s.row, row)
	return int64(s.row.Len()), err
}

func (s *textSink[T]) commit() error {
	_, err := s.w.Write(s.row.Bytes())
	return err
}

func (s *textSink[T]) end() error {
	s.row.Reset()
	if s.foot != nil {
		if err := s.foot(&s.row); err != nil {
			return err
		}
	}
	if err := s.commit(); err != nil {
		return err
	}
	return s.w.Flush()
}

// jsonLines writes what of makes of a row as a line of JSON.
func jsonLines[T, L any](of func(row T, added string) L) func(io.Writer, string) sink[T] {
	return func(w io.Writer, added string) sink[T] {
		return newText(w, func(b *bytes.Buffer, row T) error { return record.Encode(b, of(row, added)) })
	}
}
