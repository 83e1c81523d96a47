package index

import (
	"bytes"
	"math/rand/v2"

	"zhize/internal/dutygen"
)

// synthLines makes lines of positions.jsonl with n duties, and the bytes of their
// texts.
func synthLines(seed uint64, n int) (lines []byte, textBytes int64) {
	var b bytes.Buffer
	textBytes, err := dutygen.Write(&b, nil, seed, n)
	if err != nil {
		panic(err)
	}
	return b.Bytes(), textBytes
}

// synthWords are the most frequent words of such duties.
var synthWords = dutygen.Words()[:80]

func one(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }
