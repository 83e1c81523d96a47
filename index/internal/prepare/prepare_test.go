package prepare

import (
	"testing"

	"zhize/index/jieba"
)

// FuzzPrepare: any line is taken or refused.
func FuzzPrepare(f *testing.F) {
	f.Add([]byte(`{"schema":"zhize/1","id":"a-p001","page":{"id":"a","uri":"u"},"sections":[{"kind":"other","items":[{"number":1,"text":"负责客户回访","span":[1,7],"flags":["truncated"],"children":[]}]}]}`))
	f.Add([]byte(`{"schema":"zhize/1","id":"a","page":{"id":"b"},"sections":[{"items":[{"text":"\u0000\ud800","children":[{}]}]}]}`))
	w := newWorker(jieba.Default())
	f.Fuzz(func(t *testing.T, line []byte) {
		p, err := w.prepare(string(line))
		if err != nil {
			return
		}
		for i, d := range w.duties[len(w.duties)-p.Duties:] {
			if d.Ordinal != uint32(i+1) {
				t.Fatalf("duty %d is %+v", i, d)
			}
		}
		w.duties = w.duties[:0]
	})
}
