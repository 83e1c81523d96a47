package compile

import "math/big"

// precision is the mantissa, in bits, of the logarithms before they are rounded to the 53 of a float64. Twice 53 and a
// margin decide every rounding that occurs in practice; a test compares with a longer mantissa.
const precision = 128

// logarithms computes natural logarithms rounded correctly to float64.
//
// cppjieba takes log() from the C library. The common one, glibc, rounds correctly for every frequency of the
// dictionary; math.Log is off by one unit in the last place for one frequency in a hundred, and differs between
// processors. One bit is enough to decide the other way between two segmentations of equal probability, whose sums
// differ by rounding only, so the logarithms are computed here in longer arithmetic.
type logarithms struct {
	prec uint
	ln2  *big.Float
}

func newLogarithms(prec uint) *logarithms {
	l := &logarithms{prec: prec}
	third := l.float(1)
	third.Quo(third, l.float(3))
	l.ln2 = l.atanh2(third) // ln 2 = 2 atanh(1/3)
	return l
}

func (l *logarithms) float(x float64) *big.Float {
	return new(big.Float).SetPrec(l.prec).SetFloat64(x)
}

// log returns ln x for a finite x > 0.
func (l *logarithms) log(x float64) float64 {
	m := l.float(x)
	exp := m.MantExp(m) // x = m * 2^exp, 0.5 <= m < 1
	if m.Cmp(l.float(0.75)) < 0 {
		m.SetMantExp(m, 1)
		exp--
	}
	// ln m = 2 atanh((m-1)/(m+1)), and now |(m-1)/(m+1)| <= 1/5.
	z := new(big.Float).SetPrec(l.prec).Sub(m, l.float(1))
	z.Quo(z, m.Add(m, l.float(1)))
	sum := l.atanh2(z)
	sum.Add(sum, new(big.Float).SetPrec(l.prec).Mul(l.ln2, l.float(float64(exp))))
	v, _ := sum.Float64()
	return v
}

// atanh2 returns 2 atanh(z) = 2 (z + z³/3 + z⁵/5 + …) for |z| <= 1/3.
func (l *logarithms) atanh2(z *big.Float) *big.Float {
	sum := new(big.Float).SetPrec(l.prec)
	if z.Sign() == 0 {
		return sum
	}
	square := new(big.Float).SetPrec(l.prec).Mul(z, z)
	power := new(big.Float).SetPrec(l.prec).Add(z, z)
	term := new(big.Float).SetPrec(l.prec).Set(power)
	stop := power.MantExp(nil) - int(l.prec)
	for k := 3; term.Sign() != 0 && term.MantExp(nil) > stop; k += 2 {
		sum.Add(sum, term)
		power.Mul(power, square)
		term.Quo(power, l.float(float64(k)))
	}
	return sum
}
