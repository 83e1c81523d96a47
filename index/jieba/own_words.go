//go:build gojieba

package jieba

import _ "embed" // for the words

//go:embed words.txt
var embeddedWords []byte

// OwnWords are the words that the program's own dictionary has beside gojieba's, as a user dictionary.
func OwnWords() []byte { return embeddedWords }
