// Package pagetest is what the tests of pages share: a view of what was
// written, the proof of what every page promises, and Word documents made of a
// few lines. It is no part of the program.
package pagetest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/internal/writer"
)

// kinds are the names of blocks in the view.
var kinds = [...]string{document.Paragraph: "p", document.Heading: "h", document.ListItem: "li", document.Row: "tr", document.Preformatted: "pre", document.JobHeading: "job"}

// Show is a page with its marks: {reason|dropped}, <kind level|block> and
// [generated].
func Show(p writer.Page) string {
	before, after := make(map[int]string), make(map[int]string)
	for _, d := range p.Dropped {
		before[d.Start] += "{" + d.Reason.String() + "|"
		after[d.End] = "}" + after[d.End]
	}
	for _, b := range p.Blocks {
		before[b.Start] += fmt.Sprintf("<%s%d|", kinds[b.Kind], b.Level)
		after[b.End] = ">" + after[b.End]
	}
	for _, g := range p.Generated {
		before[g.Start] += "["
		after[g.End] = "]" + after[g.End]
	}
	var b strings.Builder
	for i := 0; i <= len(p.Source); i++ {
		b.WriteString(after[i] + before[i])
		if i < len(p.Source) {
			b.WriteByte(p.Source[i])
		}
	}
	return b.String()
}

// Check proves what every page promises: clean UTF-8, and spans that are in
// order, do not overlap, are not empty and cut no character.
func Check(p writer.Page) error {
	if !utf8.ValidString(p.Source) || strings.ContainsRune(p.Source, 0) {
		return fmt.Errorf("source is no clean UTF-8: %q", p.Source)
	}
	var blocks, dropped []document.Span
	for _, b := range p.Blocks {
		blocks = append(blocks, b.Span)
	}
	for _, d := range p.Dropped {
		dropped = append(dropped, d.Span)
		if d.Role != document.RoleDropped || d.Reason == document.NoReason {
			return fmt.Errorf("region %+v", d)
		}
	}
	for name, spans := range map[string][]document.Span{"block": blocks, "dropped": dropped, "generated": p.Generated} {
		at := 0
		for _, s := range spans {
			if s.Start < at || s.Empty() || s.End > len(p.Source) {
				return fmt.Errorf("%s %v begins before %d, is empty or ends outside %d bytes", name, s, at, len(p.Source))
			}
			for _, at := range []int{s.Start, s.End} {
				if at < len(p.Source) && !utf8.RuneStart(p.Source[at]) {
					return fmt.Errorf("%s %v cuts a character", name, s)
				}
			}
			at = s.End
		}
	}
	return nil
}

// Kept is the text of a page without its dropped parts and its numbers, and
// Dropped is the text of those parts.
func Kept(p writer.Page) (kept, dropped string) {
	var k, d strings.Builder
	at, numbers := 0, p.Generated
	keep := func(end int) {
		for len(numbers) > 0 && numbers[0].Start < end {
			k.WriteString(p.Source[at:numbers[0].Start])
			at, numbers = numbers[0].End, numbers[1:]
		}
		k.WriteString(p.Source[at:end])
	}
	for _, r := range p.Dropped {
		keep(r.Start)
		d.WriteString(r.Of(p.Source) + "\n")
		for at = r.End; len(numbers) > 0 && numbers[0].Start < at; {
			numbers = numbers[1:]
		}
	}
	keep(len(p.Source))
	return k.String(), d.String()
}

// Zip packs files, in the order of their names. It panics on what cannot be.
func Zip(files map[string]string) []byte {
	var names []string
	for n := range files {
		names = append(names, n)
	}
	slices.Sort(names)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		w, err := z.Create(n)
		if err == nil {
			_, err = w.Write([]byte(files[n]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// namespaces are those of a part of a Word document.
const namespaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
	` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`

// Part is a part of a Word document: an element of WordprocessingML around
// what is inside it.
func Part(element, inside string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n<w:" + element + namespaces + ">" + inside + "</w:" + element + ">"
}

// Docx is a Word document with a body, and with styles and lists where they
// are not "".
func Docx(body, styles, lists string) []byte {
	files := map[string]string{"word/document.xml": Part("document", "<w:body>"+body+"</w:body>")}
	if styles != "" {
		files["word/styles.xml"] = Part("styles", styles)
	}
	if lists != "" {
		files["word/numbering.xml"] = Part("numbering", lists)
	}
	return Zip(files)
}
