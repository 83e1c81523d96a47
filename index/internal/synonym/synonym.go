// Package synonym knows words of job descriptions that a person who looks for
// one of them also means. The table is small and was read word by word: what
// stands in one row may stand for each other in nearly every duty. Words that
// are merely near (销售 and 市场, 经理 and 主管) have no row.
package synonym

import (
	"slices"
	"strings"
	"sync"
)

// rows finds the row of a word.
var rows = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, row := range table {
		words := strings.Fields(row)
		for _, w := range words {
			m[w] = words
		}
	}
	return m
})

// Of lists the other words that mean the same as a folded word, nil for most.
func Of(word string) []string {
	row := rows()[word]
	if row == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(row), func(w string) bool { return w == word })
}

// Main is the word that stands for all that mean the same as a folded one: the
// first of its row, or the word itself.
func Main(word string) string {
	if row := rows()[word]; row != nil {
		return row[0]
	}
	return word
}
