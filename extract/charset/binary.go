package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// magics are the first bytes of files that are no text.
var magics = []struct {
	at         int
	mark, kind string
}{
	{0, "%PDF-", "a PDF file"}, {0, "PK\x03\x04", "a zip archive or an Office file"}, {0, "PK\x05\x06", "an empty zip archive"},
	{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file"}, {0, "{\\rtf", "an RTF file"}, {0, "\x1F\x8B\x08", "gzip data"},
	{0, "\x89PNG\r\n", "a PNG image"}, {0, "\xFF\xD8\xFF", "a JPEG image"}, {0, "GIF87a", "a GIF image"}, {0, "GIF89a", "a GIF image"},
	{8, "WEBP", "a WebP image"}, {0, "II*\x00", "a TIFF image"}, {0, "MM\x00*", "a TIFF image"}, {0, "Rar!\x1A", "a RAR archive"},
	{0, "7z\xBC\xAF\x27\x1C", "a 7z archive"}, {0, "\xFD7zXZ\x00", "xz data"}, {0, "\x28\xB5\x2F\xFD", "zstd data"},
	{0, "BZh91AY&SY", "bzip2 data"}, {257, "ustar", "a tar archive"}, {0, "\x7FELF", "a program"}, {0, "MZ\x90\x00", "a program"},
	{4, "ftyp", "a video"}, {0, "ID3\x03", "a sound file"}, {0, "OggS\x00", "a sound file"}, {0, "SQLite format 3\x00", "a database"},
	{0, "wOFF", "a font"}, {0, "wOF2", "a font"},
}

// magic names what the first bytes of data belong to, "" if nothing known.
func magic(data []byte) string {
	for _, m := range magics {
		if len(data) > m.at && bytes.HasPrefix(data[m.at:], []byte(m.mark)) {
			return m.kind
		}
	}
	return ""
}

// binary says what makes a decoded text no text, "" if nothing.
func binary(text string) string {
	controls := 0
	for i := range len(text) {
		if c := text[i]; c < 0x20 && c != '\n' && c != '\t' && c != '\f' || c == 0x7F {
			controls++
		}
	}
	total, replaced := utf8.RuneCountInString(text), strings.Count(text, "\uFFFD")
	switch {
	case controls > 1 && controls*100 > total*maxControls:
		return "control characters"
	case replaced > 1 && replaced*100 > total*maxReplaced:
		return "unreadable characters"
	}
	return ""
}
