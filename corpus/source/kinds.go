package source

import (
	"path/filepath"
	"strings"
)

// kind is one row of the table of inputs: what a file's name says of it.
type kind struct {
	suffix string // how the name ends, lower case
	media  string // of a page that is a file of its own
	skip   bool   // known to be no page: counted, not read, where a folder holds it
	read   reader // of a file that holds many pages; nil: the file is a page
}

// kinds is read from the top; the first suffix that fits decides, so longer
// ones stand above the shorter ones they end in. A name that fits none is
// tried as a page, and its bytes decide.
var kinds = [...]kind{
	{suffix: ".jsonl.gz", read: gzipRows},
	{suffix: ".ndjson.gz", read: gzipRows},
	{suffix: ".jsonl", read: jsonRows},
	{suffix: ".ndjson", read: jsonRows},
	{suffix: ".html", media: "text/html"},
	{suffix: ".htm", media: "text/html"},
	{suffix: ".xhtml", media: "text/html"},
	{suffix: ".shtml", media: "text/html"},
	{suffix: ".txt", media: "text/plain"},
	{suffix: ".md", media: "text/markdown"},
	{suffix: ".markdown", media: "text/markdown"},
	{suffix: ".docx", media: wordDocument},
	{suffix: ".docm", media: wordDocument},
}

// wordDocument is the media type of Word documents. Their bytes decide.
const wordDocument = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// noPages are extensions of files that lie beside saved pages and are none.
var noPages = [...]string{
	".css", ".js", ".mjs", ".map", ".json", ".csv", ".tsv", ".yaml", ".yml", ".toml", // data and code
	".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".avif", // pictures
	".woff", ".woff2", ".ttf", ".otf", ".eot", // fonts
	".mp3", ".mp4", ".wav", ".avi", ".mov", ".webm", ".flv", ".ogg", // sound and film
	".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".jar", ".warc", // archives
	".pdf", ".doc", ".wps", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".epub", // office
	".exe", ".dll", ".so", ".dylib", ".o", ".a", ".class", ".pyc", ".wasm", ".bin", ".db", ".sqlite", ".parquet", ".pack",
}

// HoldsRows reports whether a file's name says that it holds many pages, one in
// each line.
func HoldsRows(path string) bool { return kindOf(path).read != nil }

// MediaType is what a file's name says of the page in it; "" where it says
// nothing.
func MediaType(path string) string { return kindOf(path).media }

func kindOf(path string) kind {
	base := strings.ToLower(filepath.Base(path))
	for _, k := range kinds {
		if strings.HasSuffix(base, k.suffix) {
			return k
		}
	}
	ext := filepath.Ext(base)
	for _, e := range noPages {
		if ext == e {
			return kind{suffix: e, skip: true}
		}
	}
	return kind{suffix: ext}
}
