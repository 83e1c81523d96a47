package opc

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// maxDepth is how deep elements may nest. Word nests tables sixty deep at
// most, with three elements each.
const maxDepth = 1000

// Space is the vocabulary that an element belongs to.
type Space uint8

// The vocabularies that matter.
const (
	Foreign Space = iota
	Word          // WordprocessingML
	Math          // formulas
	Compat        // alternatives
)

// spaces are their names. Files in the strict form of the
// standard have other names for them.
var spaces = []struct {
	uri   string
	space Space
}{
	{"http://schemas.openxmlformats.org/wordprocessingml/2006/main", Word},
	{"http://purl.oclc.org/ooxml/wordprocessingml/main", Word},
	{"http://schemas.openxmlformats.org/officeDocument/2006/math", Math},
	{"http://purl.oclc.org/ooxml/officeDocument/math", Math},
	{"http://schemas.openxmlformats.org/markup-compatibility/2006", Compat},
}

// Element is a start tag.
type Element struct {
	Space Space
	Name  string
	attrs []xml.Attr
}

// Attr is the value of an attribute, in whichever vocabulary, "" for none.
func (e Element) Attr(name string) string {
	for i := range e.attrs {
		if e.attrs[i].Name.Local == name {
			return e.attrs[i].Value
		}
	}
	return ""
}

// On reads an element that switches a property: it does unless its value says
// off.
func (e Element) On() bool {
	switch e.Attr("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// Number reads a decimal number, or gives another for what is none.
func Number(s string, none int) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return none
	}
	return n
}

// Reader reads elements from a stream. The standard decoder resolves no
// entity but the five of XML.
type Reader struct {
	d     *xml.Decoder
	depth int // open elements
}

func newXML(r io.Reader) *Reader { return &Reader{d: xml.NewDecoder(r)} }

func (x *Reader) token() (xml.Token, error) {
	t, err := x.d.Token()
	switch t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxDepth {
			return nil, Reject("too-complex", "the document's elements nest more than %d deep; open it and save it again", maxDepth)
		}
	case xml.EndElement:
		x.depth--
	}
	return t, err
}

// root calls read with the first Element open, and reads to the end.
func (x *Reader) root(read func(*Reader) error) error {
	begun := false
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) && begun {
			return nil
		}
		if err != nil {
			return err
		}
		if _, ok := t.(xml.StartElement); ok && !begun {
			begun = true
			if err := read(x); err != nil {
				return err
			}
		}
	}
}

// Each calls f for every child of the open Element, and closes the element.
// What f leaves of a child is passed over.
func (x *Reader) Each(f func(Element) error) error {
	level := x.depth
	for {
		t, err := x.token()
		if err != nil {
			return unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			e := Element{Name: t.Name.Local, attrs: t.Attr}
			for i := range spaces {
				if spaces[i].uri == t.Name.Space {
					e.Space = spaces[i].space
					break
				}
			}
			if err := f(e); err != nil {
				return err
			}
			for x.depth > level {
				if _, err := x.token(); err != nil {
					return unexpected(err)
				}
			}
		case xml.EndElement:
			return nil
		}
	}
}

// Text is the text of the open Element without that of its children, and
// closes the element.
func (x *Reader) Text() (string, error) {
	var s string
	level := x.depth
	for {
		t, err := x.token()
		if err != nil {
			return "", unexpected(err)
		}
		switch t := t.(type) {
		case xml.CharData:
			if x.depth == level {
				s += string(t)
			}
		case xml.EndElement:
			if x.depth < level {
				return s, nil
			}
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
