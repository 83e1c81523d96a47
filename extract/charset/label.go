package charset

import (
	"bytes"
	"strings"
)

// labelWindow is how far into a page its own labels are looked for. The HTML
// standard asks for 1,024 bytes; old pages put long scripts before the label.
const labelWindow = 16 << 10

// labels lists the character sets that a page is said to have, in lower case:
// the hint from outside first, then those of an XML declaration, of
// <meta charset> and of <meta http-equiv>, in the page's order.
func labels(data []byte, hint string) []string {
	var names []string
	add := func(s string) {
		if s = strings.ToLower(strings.Trim(s, " \t\r\n\f\"'")); s != "" {
			names = append(names, s)
		}
	}
	add(hint)
	head := bytes.ToLower(data[:min(len(data), labelWindow)])
	if bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<?xml")) {
		end := bytes.Index(head, []byte("?>"))
		if at := bytes.Index(head, []byte("encoding")); at >= 0 && at < end {
			add(labelValue(head[at+len("encoding") : end]))
		}
	}
	for at := 0; ; {
		i := bytes.Index(head[at:], []byte("<meta"))
		if i < 0 {
			return names
		}
		at += i + len("<meta")
		tag := head[at:]
		if end := bytes.IndexByte(tag, '>'); end >= 0 {
			tag = tag[:end]
		}
		if c := bytes.Index(tag, []byte("charset")); c >= 0 {
			add(labelValue(tag[c+len("charset"):]))
		}
	}
}

// labelValue reads = "value" or =value.
func labelValue(s []byte) string {
	s = bytes.TrimLeft(s, " \t\r\n\f")
	if len(s) == 0 || s[0] != '=' {
		return ""
	}
	s = bytes.TrimLeft(s[1:], " \t\r\n\f\"'")
	if end := bytes.IndexAny(s, " \t\r\n\f\"';/>"); end >= 0 {
		s = s[:end]
	}
	return string(s)
}
