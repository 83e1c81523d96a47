package record

// Manifest is manifest.json: what a run read, how it was set, what came out.
// It is one JSON object, indented for people; it is written last, so a folder
// that holds it holds all the outputs that it names.
type Manifest struct {
	Schema            string         `json:"schema"`
	Finished          bool           `json:"finished"`
	Started           string         `json:"started"` // RFC 3339, UTC
	Ended             string         `json:"ended"`   // RFC 3339, UTC; of the run that wrote the outputs
	Inputs            []string       `json:"inputs"`  // as they were named
	Configuration     Configuration  `json:"configuration"`
	ConfigurationHash string         `json:"configuration_hash"` // sha256 of configuration as JSON
	Versions          Versions       `json:"versions"`
	Counts            Totals         `json:"counts"`
	Skipped           map[string]int `json:"skipped"` // files that are no pages, by extension or by what they are
	Timings           Timings        `json:"timings"`
	Outputs           []Output       `json:"outputs"`
	Index             *IndexState    `json:"index"` // null where no index was built
}

// Configuration is everything besides the pages that decides the outputs.
type Configuration struct {
	TextField  string `json:"text_field"` // "" the usual names
	HTMLField  string `json:"html_field"`
	URLField   string `json:"url_field"`
	TitleField string `json:"title_field"`
	Evidence   string `json:"evidence"` // what the evidence calls itself; "" none
}

// Versions names the program that made the outputs.
type Versions struct {
	Zhize string `json:"zhize"` // module version, "(devel)" where unknown
	Build string `json:"build"` // hash of the program file: another build reuses nothing
	Go    string `json:"go"`
}

// Timings are wall-clock milliseconds of a run's phases.
type Timings struct {
	ScanMS       int64 `json:"scan_ms"`    // reading what an earlier run left
	LearnMS      int64 `json:"learn_ms"`   // the first reading, for evidence
	ProcessMS    int64 `json:"process_ms"` // pages and positions
	DutiesMS     int64 `json:"duties_ms"`  // duties.jsonl
	WriteMS      int64 `json:"write_ms"`   // fsync and rename
	IndexMS      int64 `json:"index_ms"`
	DuplicatesMS int64 `json:"duplicates_ms"` // duplicates of pages, articles and positions, found and marked
}

// Output is one file that a run wrote.
type Output struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Lines  int    `json:"lines"`
}

// IndexState says from which positions the index was built.
type IndexState struct {
	Positions  string `json:"positions"` // sha256 of positions.jsonl
	Schema     string `json:"schema"`
	Dictionary string `json:"dictionary"`
	Documents  int    `json:"documents"`
}

// Totals are a run's counts. Characters are code points.
type Totals struct {
	Pages              int            `json:"pages"`
	Articles           int            `json:"articles"`
	Positions          int            `json:"positions"`
	Sections           int            `json:"sections"`
	Items              int            `json:"items"`
	Duties             int            `json:"duties"` // canonical ones: lines of duties.jsonl
	Rejects            int            `json:"rejects"`
	DuplicatePages     int            `json:"duplicate_pages"`
	DuplicatePositions int            `json:"duplicate_positions"`
	Bytes              int64          `json:"bytes"`      // of the pages as they came
	Characters         int            `json:"characters"` // of the pages' source texts
	Roles              map[string]int `json:"roles"`      // characters by role; they add up to characters
	Dropped            map[string]int `json:"dropped"`    // characters by reason; they add up to roles.dropped
	Edits              map[string]int `json:"edits"`      // applied, by rule
	Suggested          map[string]int `json:"suggested"`  // by rule
	Kinds              map[string]int `json:"kinds"`      // items by kind
	Flags              map[string]int `json:"flags"`      // of pages, positions, sections and items
	RejectReasons      map[string]int `json:"reject_reasons"`
	Numbering          Numbering      `json:"numbering"`
	DuplicateArticles  int            `json:"duplicate_articles"`
	NearPages          int            `json:"near_pages"` // of the duplicate pages: those that are near copies
	NearArticles       int            `json:"near_articles"`
	NearPositions      int            `json:"near_positions"`
	NearDuties         int            `json:"near_duties"` // items whose letters are others than their duty's text has
}

// Numbering is how sound the lists' numbers are.
type Numbering struct {
	Lists      int `json:"lists"`      // sections with at least one numbered item
	Gapped     int `json:"gapped"`     // lists that skip a number
	Missing    int `json:"missing"`    // numbers skipped
	Repeated   int `json:"repeated"`   // items whose number stands twice
	Numbered   int `json:"numbered"`   // items with a number
	Unnumbered int `json:"unnumbered"` // items without
}

// NewTotals are totals of nothing, with every map made.
func NewTotals() Totals {
	return Totals{
		Roles: map[string]int{}, Dropped: map[string]int{}, Edits: map[string]int{}, Suggested: map[string]int{},
		Kinds: map[string]int{}, Flags: map[string]int{}, RejectReasons: map[string]int{},
	}
}
