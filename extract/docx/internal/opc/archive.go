package opc

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// What a part may unpack to.
const (
	LargePart = 128 << 20 // bytes of the document's part; a book of a thousand pages has 20 MB
	SmallPart = 16 << 20  // of its styles, lists and notes
	TinyPart  = 1 << 20   // of its properties
)

// Limits of an archive.
const (
	maxEntries = 10_000
	// maxRatio is how much a part may unpack to, against its packed size. Parts
	// of Word have 10 to 60; what deflate can reach at all is 1032.
	maxRatio  = 200
	freeRatio = 1 << 20 // bytes that any part may unpack to
)

// Archive is a document's zip archive, with the names of its parts; "" for
// those it has not.
type Archive struct {
	files                       map[string]*zip.File
	Document, Styles, Numbering string
	Footnotes, Endnotes         string
	Core, App                   string // properties
}

// others are what other archives hold, and what they are.
var others = []struct{ name, kind string }{
	{"xl/workbook.xml", "an Excel workbook"},
	{"xl/workbook.bin", "an Excel workbook"},
	{"ppt/presentation.xml", "a PowerPoint presentation"},
	{"content.xml", "an OpenDocument file"},
	{"meta-inf/container.xml", "an e-book"},
	{"meta-inf/manifest.mf", "a Java archive"},
}

// Open reads an archive's directory and finds the document's parts.
func Open(data []byte) (*Archive, error) {
	// The directory is read whole, so its entries are counted first.
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > maxEntries {
		return nil, Reject("too-complex", "the archive has %d entries, the limit is %d; save the document anew", n, maxEntries)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, Reject("damaged", "the bytes begin like a Word document or another zip archive, and end or break off inside (%v); fetch the file anew", err)
	}
	a := &Archive{files: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		if name := partName(f.Name); a.files[name] == nil {
			a.files[name] = f
		}
	}
	root, err := a.relations("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	a.Document = a.known(root["officeDocument"], "word/document.xml")
	if a.Document == "" || !a.isWord() {
		for _, o := range others {
			if a.files[o.name] != nil {
				return nil, Reject("binary", "the bytes are %s; save its text as .docx, .html or .txt", o.kind)
			}
		}
		return nil, Reject("binary", "the bytes are a zip archive without a Word document in it; unpack it and give its pages")
	}
	a.Core = a.known(root["core-properties"], "docProps/core.xml")
	a.App = a.known(root["extended-properties"], "docProps/app.xml")
	dir, base := path.Split(a.Document)
	own, err := a.relations(dir+"_rels/"+base+".rels", dir)
	if err != nil {
		return nil, err
	}
	a.Styles = a.known(own["styles"], dir+"styles.xml")
	a.Numbering = a.known(own["numbering"], dir+"numbering.xml")
	a.Footnotes = a.known(own["footnotes"], dir+"footnotes.xml")
	a.Endnotes = a.known(own["endnotes"], dir+"endnotes.xml")
	return a, nil
}

// isWord tells a document from a workbook or a presentation, which are main
// parts too.
func (a *Archive) isWord() bool {
	return !strings.HasPrefix(a.Document, "xl/") && !strings.HasPrefix(a.Document, "ppt/")
}

// partName is how a part is looked up: names differ in case and in slashes.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// known is the first of some names that the archive has.
func (a *Archive) known(names ...string) string {
	for _, n := range names {
		if n = partName(n); a.files[n] != nil {
			return n
		}
	}
	return ""
}

// relations reads which parts belong to a part, by the last word of their
// kind; the first of a kind counts. dir is where their names begin.
func (a *Archive) relations(name, dir string) (map[string]string, error) {
	out := make(map[string]string)
	err := a.Stream(a.known(name), TinyPart, func(x *Reader) error {
		return x.Each(func(e Element) error {
			kind, target := path.Base(e.Attr("Type")), e.Attr("Target")
			if e.Name != "Relationship" || e.Attr("TargetMode") == "External" || out[kind] != "" {
				return nil
			}
			if !strings.HasPrefix(target, "/") {
				target = dir + target
			}
			out[kind] = target
			return nil
		})
	})
	return out, err
}

// Stream opens a part of at most limit bytes, and calls read with its first
// Element open. A part that the archive has not is no error.
func (a *Archive) Stream(name string, limit int64, read func(*Reader) error) error {
	f := a.files[name]
	if f == nil {
		return nil
	}
	packed := int64(min(f.CompressedSize64, LargePart))
	limit = min(limit, max(freeRatio, packed*maxRatio))
	switch {
	case f.Flags&1 != 0:
		return Reject("encrypted", "the archive is encrypted; unpack it with its password and give the document")
	case f.UncompressedSize64 > uint64(limit):
		return tooLarge(name, limit)
	}
	r, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return Reject("damaged", "part %s is packed in a way that documents are not; open the document and save it again", name)
	}
	if err != nil {
		return err
	}
	defer r.Close() // read only
	in := &guard{r: r, left: limit, name: name, limit: limit}
	x := newXML(in)
	err = x.root(read)
	if in.err != nil {
		return in.err
	}
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func tooLarge(name string, limit int64) error {
	return Reject("too-large", "part %s unpacks to more than %d bytes, too much for its packed size or for a document; split the document", name, limit)
}

// maxTag is the longest tag, in bytes: some hold the data of a drawing. The
// decoder takes memory for every attribute of one.
const maxTag = 4 << 20

// guard reads a part within its limits, whatever the archive declares.
type guard struct {
	r     io.Reader
	left  int64
	tag   int // bytes of the tag that is open, 0 for none
	err   error
	name  string
	limit int64
}

func (g *guard) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	n, err := g.r.Read(p)
	if g.left -= int64(n); g.left < 0 {
		g.err = tooLarge(g.name, g.limit)
		return 0, g.err
	}
	for b := p[:n]; len(b) > 0; {
		mark := byte('<')
		if g.tag > 0 {
			mark = '>'
		}
		i := bytes.IndexByte(b, mark)
		switch {
		case i >= 0 && g.tag > 0:
			g.tag = 0
		case i >= 0:
			g.tag = 1
		default:
			if g.tag > 0 {
				g.tag += len(b)
			}
			i = len(b) - 1
		}
		b = b[i+1:]
	}
	if g.tag > maxTag {
		g.err = Reject("too-complex", "part %s has a tag of more than %d bytes; open the document and save it again", g.name, maxTag)
		return 0, g.err
	}
	return n, err
}
