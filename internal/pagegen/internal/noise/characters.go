package noise

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"zhize/internal/pagegen/internal/sheet"
)

// spacedLetters spaces the characters of heads, or of some characters in items.
func spacedLetters(s *sheet.Sheet, r *rand.Rand) bool {
	made := false
	if r.IntN(2) == 0 {
		lines(s, func(l *sheet.Line) bool { return l.Role == sheet.PositionHead || l.Role == sheet.SectionHead },
			func(l *sheet.Line) bool {
				made = space(&l.Text, 0, len(l.Text.Clean), sheet.Unrated) || made
				return true
			})
		return made
	}
	return some(s, r, 2, isItem, func(l *sheet.Line) bool {
		at := insideWord(&l.Text, r, 5*hanSize)
		return at >= 0 && space(&l.Text, at-hanSize, at+5*hanSize, sheet.Certain)
	})
}

// space puts a blank between all characters of clean[from:to], which must be
// four Chinese ones or more: between fewer it would be a wrap.
func space(t *sheet.Text, from, to int, repair sheet.Repair) bool {
	var b strings.Builder
	for i, r := range t.Clean[from:to] {
		if !sheet.Han(r) {
			if i < 4*hanSize || r != '：' || from+i+len("：") != to {
				return false
			}
			to = from + i
			break
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	if to-from < 4*hanSize {
		return false
	}
	return t.Add(sheet.Fault{At: from, Len: to - from, Put: b.String(), Clean: true, Repair: repair}, sheet.Apart)
}

// rewritten shows 的 as 旳 everywhere.
func rewritten(s *sheet.Sheet, _ *rand.Rand) bool {
	made := false
	lines(s, isItem, func(l *sheet.Line) bool {
		for at, r := range l.Text.Clean {
			if r == '的' {
				made = l.Text.Add(sheet.Fault{At: at, Len: hanSize, Put: "旳", Repair: sheet.Certain}, hanSize) || made
			}
		}
		return true
	})
	return made
}

// stray is a part of the characters that copy protection puts in: sounds of
// the first rows of GB 2312, which no sentence here needs.
const stray = "傲吧扳案巴癌敖爱拌哎芭捌霸班斑颁傍谤苞褒"

// strayCharacters puts one in every five to eight characters, between clauses'
// characters, in all items.
func strayCharacters(s *sheet.Sheet, r *rand.Rand) bool {
	set := []rune(stray)
	made := false
	lines(s, isItem, func(l *sheet.Line) bool {
		if utf8.RuneCountInString(l.Text.Clean) < 16 || strings.ContainsAny(l.Text.Clean, stray) {
			return true
		}
		left := 5 + r.IntN(4)
		for at, c := range l.Text.Clean {
			if left--; left > 0 || at == 0 || !sheet.Han(c) {
				continue
			}
			f := sheet.Fault{At: at, Put: string(set[r.IntN(len(set))]), Repair: sheet.Likely}
			made = l.Text.Add(f, hanSize) || made
			left = 8 + r.IntN(4)
		}
		return true
	})
	return made
}

// lineTokens puts a token of random letters behind the end mark of many items.
func lineTokens(s *sheet.Sheet, r *rand.Rand) bool {
	const letters = "abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789><"
	made := false
	lines(s, isItem, func(l *sheet.Line) bool {
		if _, at := endMark(l.Text.Clean); at < 0 || r.IntN(3) == 0 || utf8.RuneCountInString(l.Text.Clean) < 12 {
			return true
		}
		token := []byte(" ")
		for range 6 + r.IntN(3) {
			token = append(token, letters[r.IntN(len(letters))])
		}
		made = l.Text.Add(sheet.Fault{At: len(l.Text.Clean), Put: string(token), Repair: sheet.Likely}, sheet.Apart) || made
		return true
	})
	return made
}

// signs are words that a mirror, which converts character by character, writes
// as nobody does: 售后 stays, 标准 becomes 標准.
var signs = [...]string{"售后", "标准", "计划", "联系", "规范", "之后"}

// mirror shows the page as a converting mirror does, where at least three words
// say that it is one.
func mirror(s *sheet.Sheet, _ *rand.Rand) bool {
	n := 0
	for i := range s.Lines {
		if s.Lines[i].Role.Site() {
			continue
		}
		for _, w := range signs {
			n += strings.Count(s.Lines[i].Text.Clean, w)
		}
	}
	if n < 3 {
		return false
	}
	s.Mirror = true
	return true
}

// readings are those of characters that mirrors spell out.
const readings = "说shuō书shū员yuán选xuǎn用yòng导dǎo物wù的de后hòu训xùn会huì务wù责zé职zhí岗gǎng位wèi管guǎn理lǐ工gōng作zuò" +
	"客kè户hù公gōng司sī安ān全quán检jiǎn查chá记jì录lù完wán成chéng设shè备bèi质zhì量liàng计jì划huà培péi训xùn制zhì度dù" +
	"项xiàng目mù合hé同tóng资zī料liào审shěn核hé组zǔ织zhī协xié助zhù及jí时shí建jiàn立lì编biān析xī据jù市shì场chǎng销xiāo售shòu" +
	"采cǎi购gòu生shēng产chǎn服fú维wéi护hù登dēng报bào告gào领lǐng经jīng验yàn专zhuān业yè学xué历lì能néng力lì"

var reading = func() map[rune]string {
	m := make(map[rune]string)
	var at rune
	for _, r := range readings {
		if sheet.Han(r) {
			at = r
			m[at] = ""
			continue
		}
		m[at] += string(r)
	}
	return m
}()

// pinyin shows the page as a mirror that spells some characters out.
func pinyin(s *sheet.Sheet, r *rand.Rand) bool {
	made := false
	gap := 6 + r.IntN(10)
	left := gap
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Role.Site() || l.Role == sheet.FieldRow {
			continue
		}
		for at, c := range l.Text.Clean {
			if left--; left > 0 {
				continue
			}
			sound := reading[c]
			if sound == "" {
				continue
			}
			f := sheet.Fault{At: at + hanSize, Put: "(" + sound + ")"}
			if isItem(l) {
				f.Repair = sheet.Certain
			}
			if r.IntN(4) == 0 {
				f.Put = "(" + sound + " )"
			}
			if l.Text.Add(f, hanSize) {
				made = true
				left = gap/2 + r.IntN(gap)
			}
		}
	}
	s.Mirror = s.Mirror || made
	return made
}
