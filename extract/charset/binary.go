package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// What to do with files that are no text.
const (
	asText  = "give the page's text or HTML"
	saveAs  = "open it and save it as .docx, .html or .txt"
	convert = "convert it to .docx, .html or .txt, by recognition where it holds pictures of text"
	unpack  = "unpack it and give the pages in it"
)

// magics are the first bytes of files that are no text.
var magics = []struct {
	at                 int
	mark, kind, advice string
}{
	{0, "%PDF-", "a PDF file", convert}, {0, "PK\x03\x04", "a zip archive or an Office file", saveAs}, {0, "PK\x05\x06", "an empty zip archive", asText},
	{0, ole, "a file of old Office or WPS programs (.doc, .wps, .xls, .ppt)", saveAs}, {0, "{\\rtf", "an RTF file", saveAs}, {0, "\x1F\x8B\x08", "gzip data", unpack},
	{0, "\x89PNG\r\n", "a PNG image", convert}, {0, "\xFF\xD8\xFF", "a JPEG image", convert}, {0, "GIF87a", "a GIF image", convert}, {0, "GIF89a", "a GIF image", convert},
	{8, "WEBP", "a WebP image", convert}, {0, "II*\x00", "a TIFF image", convert}, {0, "MM\x00*", "a TIFF image", convert}, {0, "Rar!\x1A", "a RAR archive", unpack},
	{0, "7z\xBC\xAF\x27\x1C", "a 7z archive", unpack}, {0, "\xFD7zXZ\x00", "xz data", unpack}, {0, "\x28\xB5\x2F\xFD", "zstd data", unpack},
	{0, "BZh91AY&SY", "bzip2 data", unpack}, {257, "ustar", "a tar archive", unpack}, {0, "\x7FELF", "a program", asText}, {0, "MZ\x90\x00", "a program", asText},
	{4, "ftyp", "a video", asText}, {0, "ID3\x03", "a sound file", asText}, {0, "OggS\x00", "a sound file", asText}, {0, "SQLite format 3\x00", "a database", asText},
	{0, "wOFF", "a font", asText}, {0, "wOF2", "a font", asText},
}

// ole begins the files of old Office programs, and documents with a password;
// those hold a stream of the name locked.
const (
	ole    = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	locked = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
)

// magic is why data are no text by their first bytes, nil if nothing is known.
func magic(data []byte) error {
	for _, m := range magics {
		switch {
		case len(data) <= m.at || !bytes.HasPrefix(data[m.at:], []byte(m.mark)):
		case m.mark == ole && bytes.Contains(data, []byte(locked)):
			return reject("encrypted", "the file is a document with a password; open it and save it without one")
		default:
			return reject("binary", "the bytes begin like %s; %s", m.kind, m.advice)
		}
	}
	return nil
}

// binary says what makes a decoded text no text, "" if nothing.
func binary(text string) string {
	controls, replaced := controlsIn(text), strings.Count(text, "\uFFFD")
	if controls <= 1 && replaced <= 1 {
		return ""
	}
	total := utf8.RuneCountInString(text)
	switch {
	case controls > 1 && controls*100 > total*maxControls:
		return "control characters"
	case replaced > 1 && replaced*100 > total*maxReplaced:
		return "unreadable characters"
	}
	return ""
}

// controlsIn counts control characters, but those that part a text.
func controlsIn(text string) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	n, i := 0, 0
	for ; i+8 <= len(text); i += 8 {
		w := uint64(text[i]) | uint64(text[i+1])<<8 | uint64(text[i+2])<<16 | uint64(text[i+3])<<24 |
			uint64(text[i+4])<<32 | uint64(text[i+5])<<40 | uint64(text[i+6])<<48 | uint64(text[i+7])<<56
		// A byte below 0x20 borrows from its top bit; 0x7F and one has it set.
		if (w-ones*0x20)&^w&tops == 0 && (w+ones)&^w&tops == 0 {
			continue
		}
		for k := i; k < i+8; k++ {
			if control(text[k]) {
				n++
			}
		}
	}
	for ; i < len(text); i++ {
		if control(text[i]) {
			n++
		}
	}
	return n
}

func control(c byte) bool { return c < 0x20 && c != '\n' && c != '\t' && c != '\f' || c == 0x7F }
