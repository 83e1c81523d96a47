package normalize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/hanzi"
)

// A mirror site turns simplified pages into traditional ones character by
// character. It gives itself away by what a writer of traditional Chinese
// never writes: characters that the two scripts share, left as they were in
// words where traditional Chinese has another one.
var (
	mirrorWords = wordSet("關系", "聯系", "標准", "准備", "准確", "准時", "准則", "范圍", "規范", "示范", "防范", "范文", "范本", "范例", "模范", "師范",
		"以后", "之后", "然后", "最后", "售后", "后勤", "后期", "后續", "后臺", "后台", "背后", "前后", "午后", "后者", "先后", "隨后", "會后", "后方", "今后", "后端", "日后", "后的", "后，", "后、", "后及",
		"采購", "采集", "采用", "采取", "采訪", "制作", "制造", "制品", "復制", "余額", "業余", "其余", "剩余", "里面", "家里", "司里", "沖突", "秘書", "注意", "里的", "几個", "干凈", "公布", "發布", "布置", "周期", "每周", "周報", "布局", "折扣", "面向", "志愿", "愿意", "借助", "只有", "松動", "表面", "占用", "并且", "并對", "并做", "并與", "并及", "并在", "并將", "并負", "并能", "并按", "卷宗", "家具", "奸詐", "游戲", "旅游", "導游", "聯系", "干部", "主干", "骨干", "才干", "合并", "布料")
	properWords = wordSet("關係", "聯繫", "聯絡", "標準", "準備", "準確", "準時", "準則", "範圍", "規範", "示範", "防範", "範文", "模範",
		"以後", "之後", "然後", "最後", "售後", "後勤", "後期", "後續", "後臺", "後台", "背後", "前後", "後者", "先後", "隨後", "會後", "後方", "今後", "後端", "日後",
		"採購", "採集", "採用", "採取", "採訪", "製作", "製造", "製品", "複製", "餘額", "業餘", "其餘", "剩餘", "裡面", "裏面", "家裡", "衝突", "祕書", "乾淨", "佈置", "週期", "每週", "週報", "佈局", "遊戲", "旅遊", "導遊", "幹部", "骨幹", "並且", "並對", "並與", "並在", "並將", "並能", "並按", "軟體", "硬體", "網路", "程式", "專案", "影片", "滑鼠")
	// mainland are words of simplified pages that Taiwan has other words for,
	// and island are those.
	mainland = wordSet("崗位", "質量", "信息", "文檔", "視頻", "軟件", "硬件", "網絡", "本科", "領導", "考勤", "台賬", "臺賬", "數據", "項目", "調研", "渠道", "售后", "公安", "中專", "優秀", "賬目", "賬款",
		"上崗", "在崗", "本崗", "同崗", "各崗", "到崗", "定崗", "頂崗", "換崗", "轉崗", "輪崗", "崗前", "營銷", "打印", "程序", "用戶", "接口", "物業", "工資", "短信", "運維", "質檢", "備案", "公積", "五險")
	island = wordSet("資訊", "軟體", "硬體", "網路", "程式", "專案", "影片", "滑鼠", "勞保", "健保", "週休", "特休", "職缺", "帳款", "部屬", "客訴", "工讀", "學經")
)

// minMainland is how many different words of simplified pages show a mirror
// where its characters show nothing, and how many more for each of Taiwan's that
// stands beside them.
const minMainland = 3

// minOld is how many traditional characters must stand in a clause beside a
// simplified one: 年齡25-40歲，性别不限 has been converted in part.
const minOld = 2

// simplifiedOnly are common characters that no traditional text has.
var simplifiedOnly = hanSetOf("龄岁历经验责质务业员导则项户产购进规说语设该间问门开发对应总资预销见观视觉议论让证评诉词试话详请读课调谈订认记许训识级纪约组织细终结给络统续绩维综编关单师库应张归当录彻忆怀态总战执扩扫护报择损换职联听营获虽补装袭订计讨")

// telling are the characters with which the words of these lists begin.
var telling = func() *hanSet {
	var first strings.Builder
	for _, list := range [...]map[string]bool{mirrorWords, properWords, mainland, island} {
		for w := range list {
			r, _ := utf8.DecodeRuneInString(w)
			first.WriteRune(r)
		}
	}
	return hanSetOf(first.String())
}()

func wordSet(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// minTraditional is the share of Han characters (one in …) that must have a
// simplified form for a text to count as traditional. Running traditional text
// has one in three; simplified text that quotes a name stays under one in a
// hundred.
const minTraditional = 8

// traditional finds the traditional characters of a mirror page; what one
// becomes is told by the phrase it stands in. A page that a writer of traditional
// Chinese wrote is left as it is.
func traditional(f *finder, p Part) {
	if !f.mirror(p) {
		return
	}
	f.edits = slices.Grow(f.edits, f.survey.traditional)
	for i := p.Start; i < p.End; {
		if c := f.text[i]; c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(f.text[i:p.End])
		if s := hanzi.InPhrase(f.text, i); s != r {
			f.edit(i, i+n, string(s), 0.97, "the page is simplified text that a mirror converted")
		}
		i += n
	}
}

// mirror reports a text that is traditional by its characters and simplified
// by its words: the words of mirrors outnumber those of writers three to one, or
// stand beside half as many, as no writer has both, or clauses of it have simplified
// characters left among the traditional ones,
// or one of them stands beside a word of the mainland, or its vocabulary is the
// mainland's alone, or readings in brackets, which
// only mirrors have, stand in it.
func (f *finder) mirror(p Part) bool {
	if f.survey.traditional == 0 || f.survey.traditional*minTraditional < f.survey.han {
		return false
	}
	mirrored, proper, islanders := 0, 0, 0
	seen := make(map[string]bool)
	mixed, left, old := 0, 0, 0 // of the clause: simplified characters left in it, traditional ones
	clause := func() {
		if left > 0 && old >= minOld {
			mixed++
		}
		left, old = 0, 0
	}
	for i := p.Start; i+6 <= p.End; {
		if f.text[i] < utf8.RuneSelf {
			if f.text[i] == '\n' {
				clause()
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(f.text[i:p.End])
		switch {
		case r == '。' || r == '；':
			clause()
		case simplifiedOnly.has(r):
			left++
		case hanzi.IsTraditional(r):
			old++
		}
		if telling.has(r) {
			w := f.text[i : i+6]
			switch {
			case mirrorWords[w]:
				mirrored++
			case properWords[w]:
				proper++
			}
			if mainland[w] {
				seen[w] = true
			} else if island[w] {
				islanders++
			}
		}
		i += n
	}
	clause()
	return f.readings >= 2 || mixed >= 2 || mixed == 1 && islanders == 0 || mirrored > 3*proper || mirrored >= 2 && 2*mirrored >= proper || mirrored >= max(1, proper) && len(seen) > 3*islanders || len(seen) >= minMainland*(1+islanders)
}
