package source

import (
	"path/filepath"
	"strings"
)

// kind is one row of the table of inputs: what a file's name says of it.
type kind struct {
	suffix string   // how the name ends, lower case
	media  string   // of a page that is a file of its own
	skip   bool     // known to be no page: counted, not read, where a folder or an archive holds it
	guess  bool     // the name says nothing of what is packed; its first bytes decide
	read   reader   // of a file that holds many pages; nil: the file is a page
	unpack unpacker // of a compressed file; nil: it is read as it is
}

// kinds is read from the top; the first suffix that fits decides, so longer
// ones stand above the shorter ones they end in. A name that fits none is
// tried as a page, and its bytes decide. Behind each of them may stand one of
// packings.
var kinds = [...]kind{
	{suffix: ".jsonl", read: jsonRows},
	{suffix: ".ndjson", read: jsonRows},
	{suffix: ".csv", read: csvRows},
	{suffix: ".tsv", read: tsvRows},
	{suffix: ".zip", read: zipMembers},
	{suffix: ".tar", read: tarMembers},
	{suffix: ".tgz", read: tarMembers, unpack: gunzip},
	{suffix: ".tzst", read: tarMembers, unpack: unzstd},
	{suffix: ".warc", read: warcRecords},
	{suffix: ".warc.gz", read: gzipWARC},
	{suffix: ".wet", read: warcRecords},
	{suffix: ".wet.gz", read: gzipWARC},
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

// packings are the ways in which a file of any kind may be compressed.
var packings = [...]struct {
	suffix string
	open   unpacker
}{
	{".gz", gunzip},
	{".zst", unzstd},
}

// wordDocument is the media type of Word documents. Their bytes decide.
const wordDocument = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// noPages are extensions of files that lie beside saved pages and are none.
var noPages = [...]string{
	".css", ".js", ".mjs", ".map", ".json", ".yaml", ".yml", ".toml", // data and code
	".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".avif", // pictures
	".woff", ".woff2", ".ttf", ".otf", ".eot", // fonts
	".mp3", ".mp4", ".wav", ".avi", ".mov", ".webm", ".flv", ".ogg", // sound and film
	".bz2", ".xz", ".7z", ".rar", ".jar", ".wat", // archives
	".pdf", ".doc", ".wps", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".epub", // office
	".exe", ".dll", ".so", ".dylib", ".o", ".a", ".class", ".pyc", ".wasm", ".bin", ".db", ".sqlite", ".parquet", ".pack",
}

// HoldsMany reports whether a file's name says that it holds many pages: rows,
// records or members.
func HoldsMany(path string) bool { return kindOf(path).read != nil }

// MediaType is what a file's name says of the page in it; "" where it says
// nothing.
func MediaType(path string) string { return kindOf(path).media }

// kindOf looks a file's name up in the table, first as it is and then without
// its packing.
func kindOf(path string) kind {
	base := strings.ToLower(filepath.Base(path))
	k := plainKind(base)
	if k.known() {
		return k
	}
	for _, p := range packings {
		rest, ok := strings.CutSuffix(base, p.suffix)
		if !ok {
			continue
		}
		k := plainKind(rest)
		if k.unpack != nil { // packed twice: the bytes are refused with what to do
			return kind{suffix: p.suffix}
		}
		k.guess = !k.known()
		k.suffix, k.unpack = k.suffix+p.suffix, p.open
		return k
	}
	return k
}

// known reports a kind that the table or the list of what are no pages has.
func (k kind) known() bool { return k.read != nil || k.media != "" || k.skip }

// plainKind looks up a name that ends in no packing.
func plainKind(base string) kind {
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
