package evaluate

import "testing"

// FuzzRate: no bytes make an answer that cannot be rated, against itself and
// against nothing.
func FuzzRate(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte(`{"positions":[{"title":"","groups":[{"items":[{"n":0,"text":"\u0000\ud800"},{"fragment":true}]}]},{}]}`))
	f.Add([]byte(`{"positions":[],"repairs":{"certain":[["",""]],"likely":[["甲",""],["","乙"]],"untouched":[""]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := ParseAnswer(data)
		if err != nil {
			return
		}
		for _, figures := range []Figures{first(Rate(a, itself(a))), first(Rate(a, nil))} {
			for i, v := range figures {
				if !(v >= 0 && v <= 1) {
					t.Errorf("%s is %v", Names()[i], v)
				}
			}
		}
	})
}

func first(f Figures, _ Detail) Figures { return f }
