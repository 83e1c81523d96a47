package source

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// member is one entry of an archive.
type member struct {
	name    string // as it is stored, slashes forward
	size    int64  // bytes that it unpacks to, as the archive says
	dir     bool
	link    bool
	special bool // a device, a pipe and the like
	open    func() (io.Reader, *bound, error)
}

// member decides what becomes of one member of the archive a, as entry does of
// a name in a folder. Nothing is ever written under a member's name.
func (s *Set) member(ctx context.Context, a input, m member, yield func(Entry) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	inside := path.Clean(memberName(m.name))
	uri := a.uri + "!" + inside
	k := s.kindOf(inside)
	switch {
	case outside(inside):
		return yield(reject(uri, "bad-name", "the member's name leads out of the archive; pack it again with names relative to its folder"))
	case m.dir:
	case s.leftOut(inside):
		s.skipped["(ignored)"]++
	case hidden(inside):
		s.skipped["(hidden)"]++
	case m.link:
		s.skipped["(link)"]++
	case m.special:
		s.skipped["(special)"]++
	case k.skip:
		s.skipped[k.suffix]++
	default:
		in := input{uri: uri, kind: k, size: m.size, depth: a.depth + 1}
		var err error
		if in.r, in.bound, err = m.open(); err != nil {
			if err := ended(ctx, err); err != nil {
				return err
			}
			return yield(broken(uri, err))
		}
		return s.open(ctx, in, yield)
	}
	return nil
}

// outside reports a name that leads out of its archive, on any system.
func outside(name string) bool {
	return strings.HasPrefix(name, "/") || name == ".." || strings.HasPrefix(name, "../") ||
		len(name) >= 2 && name[1] == ':' && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z')
}

// hidden reports a name that is hidden or lies in a folder that is.
func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.Contains(name, "/.") }

// memberName is a member's name as text. What is not UTF-8 was written by a
// Chinese system; what is no GB 18030 either is named as in [name].
func memberName(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	if text, err := simplifiedchinese.GB18030.NewDecoder().String(raw); err == nil && !strings.ContainsRune(text, utf8.RuneError) {
		return text
	}
	return name(raw)
}

// nested reports an archive that lies in so many that it is not looked into.
func nested(in input) (Entry, bool) {
	return reject(in.uri, "too-deep", fmt.Sprintf("archives lie in one another more than %d deep; unpack the outer ones", maxDepth)), in.depth >= maxDepth
}

var badTar = fault{"bad-tar", "the archive is damaged from here on, or no tar archive; fetch or pack it anew and run again"}

// tarMembers reads the members of a tar archive as they come.
func tarMembers(ctx context.Context, s *Set, in input, yield func(Entry) error) error {
	if e, ok := nested(in); ok {
		return yield(e)
	}
	t := tar.NewReader(in.r)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err := ended(ctx, err); err != nil {
			return err
		}
		if err != nil {
			return yield(broken(in.uri, badTar.blame(err)))
		}
		m := member{
			name: h.Name, size: h.Size, dir: h.Typeflag == tar.TypeDir,
			link: h.Typeflag == tar.TypeLink || h.Typeflag == tar.TypeSymlink,
			open: func() (io.Reader, *bound, error) {
				if sparse(h) {
					return nil, nil, &fault{"bad-tar", "the member is stored with holes; pack it again without --sparse"}
				}
				return blamed{t, badTar}, in.bound, nil
			},
		}
		m.special = !m.dir && !m.link && h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeGNUSparse
		if err := s.member(ctx, in, m, yield); err != nil {
			return err
		}
	}
}

// sparse reports a member whose holes are not stored: its size says nothing of
// the bytes that it took.
func sparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return h.Typeflag == tar.TypeGNUSparse
}

// inMemory gives a stream that has to be read at any place a place in memory.
func inMemory(in input) (input, error) {
	if in.at != nil {
		return in, nil
	}
	data, err := io.ReadAll(io.LimitReader(in.r, maxNested+1))
	if err != nil {
		return in, err
	}
	if len(data) > maxNested {
		return in, &fault{"too-large", fmt.Sprintf("a zip archive that lies packed in another archive or comes by a pipe may have %d MiB; unpack the outer one", maxNested>>20)}
	}
	in.at, in.size = bytes.NewReader(data), int64(len(data))
	return in, nil
}
