package normalize

import "strings"

// A name is not measured by what other texts say: titles in 《》, words in
// quotation marks, and companies, up to maxCompany bytes before the word for one.
var (
	nameMarks = [...][2]string{{"《", "》"}, {"“", "”"}, {"\"", "\""}, {"「", "」"}}
	companies = [...]string{"有限公司", "股份", "集团"}
)

const maxCompany = 12 * len("公")

// protected reports a place inside a name.
func protected(text string, at int) bool {
	for _, m := range nameMarks {
		open := strings.LastIndex(text[:at], m[0])
		if open >= 0 && !strings.Contains(text[open+len(m[0]):at], m[1]) && strings.Contains(text[at:], m[1]) {
			return true
		}
	}
	rest := text[at:min(len(text), at+maxCompany)]
	for _, w := range companies {
		if strings.Contains(rest, w) {
			return true
		}
	}
	return false
}
