package sheet

import "zhize/hanzi"

// Role is what a line is.
type Role uint8

// The roles of lines. From Navigation on, lines belong to the site.
const (
	Item Role = iota
	Child
	PositionHead
	SectionHead
	FieldRow
	ArticleHead
	Navigation
	PageTitle
	Meta
	Introduction
	Slogan
	Contents
	Notice
	Advert
	Pages // X_第1页 X_第2页
	Board // a job board's own words
	Related
	Footer
	Furniture // what a site has on its pages, in words that tell nothing
)

// Site reports a line that belongs to the site, not to the duties.
func (r Role) Site() bool { return r >= Navigation }

// Line is one line of a page.
type Line struct {
	Role  Role
	Label string // list mark, as the page shows it
	Text  Text
	// Value is that of a FieldRow, whose Text is the key. Sep stands between
	// them, Tail behind, where a row is shown as text.
	Value     Text
	Sep, Tail string
	// Number is what the label says after repair; 0 for none.
	Number int
	// Glued lines follow the line before without a line end.
	Glued bool
	// Plain lines show by their own letters where they begin, so that they
	// may be glued.
	Plain bool
	// Position and Section are indexes of where the line belongs; a section's
	// index counts within its position.
	Position, Section int
	Fragment          bool // the text breaks off; an answer does not ask for it
}

// Position is what an answer says of a position beside its items.
type Position struct {
	Article  int
	Title    string // "" where the page gives none
	Sections []Section
}

// Section is what an answer says of a section beside its items.
type Section struct {
	Kind, Heading string
}

// Layout is how the body is written down.
type Layout uint8

// The layouts. All but the last four show text as it flows, so that lines may
// be glued and labels are letters of the text.
const (
	Paragraphs   Layout = iota // <p> each
	Breaks                     // <br> between
	Soup                       // nested <div> and <span>, style attributes
	Preformatted               // <pre>
	Unclosed                   // <p> without an end
	Lists                      // <ol start> and <li value>: the browser counts
	Definitions                // <dl>
	RowTable                   // a table, one section a row
	ColumnTable                // a table, one position a row
)

// Sheet is a page.
type Sheet struct {
	Title     string
	Site      string
	Declared  int // articles that the title promises
	Articles  int
	Layout    Layout
	Positions []Position
	Lines     []Line
	// Chrome is how much of a site stands around the page: 0 nothing, 1 lines
	// of text, 2 blocks with names, 3 a whole site with scripts and lists.
	Chrome int

	// Half: full-width punctuation is shown half width.
	Half bool
	// Mirror: simplified characters are shown as a converting mirror shows
	// them, one by one.
	Mirror bool

	// What only the markup of a site has: menu entries, a list beside the
	// text, and a text that is not shown.
	Menu, Side []string
	Hidden     string

	// Boilerplate are texts that no item may hold, beside those of the lines
	// that belong to the site.
	Boilerplate []string
	Tags        []string
}

// Flows reports that lines follow each other as text.
func (s *Sheet) Flows() bool { return s.Layout.Flows() }

// Flows reports a layout whose lines follow each other as text.
func (l Layout) Flows() bool { return l <= Unclosed }

// Labelled reports that list marks are letters of the text.
func (s *Sheet) Labelled() bool { return s.Layout != Lists }

// Show writes clean text as the page shows it.
func (s *Sheet) Show(dst []byte, clean string) []byte {
	if !s.Half && !s.Mirror {
		return append(dst, clean...)
	}
	for _, r := range clean {
		if s.Half {
			if to, ok := half(r); ok {
				dst = append(dst, to)
				continue
			}
		}
		if s.Mirror {
			r = traditional(r)
		}
		dst = append(dst, string(r)...)
	}
	return dst
}

// half is the ASCII form of a full-width mark that converters replace; 。 and 、
// have none and stay.
func half(r rune) (byte, bool) {
	switch r {
	case '，':
		return ',', true
	case '；':
		return ';', true
	case '：':
		return ':', true
	case '（':
		return '(', true
	case '）':
		return ')', true
	case '！':
		return '!', true
	case '？':
		return '?', true
	}
	return 0, false
}

// converted is the conversion of a mirror: character by character, by a table
// that has no second choice. 后, 里, 准, 划, 系, 范, 制 … stand for two
// traditional characters or for themselves and are left alone, which is how
// such mirrors are known.
const converted = "职職责責岗崗位位说說书書项項务務产產业業类類员員级級经經验驗检檢监監测測设設计計规規则則组織组組织織" +
	"维維护護管管报報据據数數质質量量门門时時间間发發现現场場处處问問题題决決认認识識调調节節约約结結构構绩績效效" +
	"总總综綜客客户戶货貨运運输輸车車辆輛仓倉库庫单單订訂对對财財资資费費账賬购購销銷赁賃贵貴贴貼购購贸貿" +
	"联聯络絡网網纪紀录錄档檔案案传傳达達协協议議记記执執实實际際确確证證书書审審评評估估应應急急预預防防" +
	"营營养養销銷动動态態环環境境卫衛标標签簽订訂进進过過还還这這边邊远遠选選择擇适適当當带帶领領导導师師" +
	"学學习習课課教教团團队隊伍伍训訓练練开開关關启啟闭閉闻聞阅閱读讀写寫画畫图圖形形样樣术術机機电電气氣" +
	"压壓热熱冷冷线線条條紧緊缺缺损損坏壞险險灾災难難严嚴厉厲查查觉覺观觀视視频頻声聲响響话話语語词詞请請" +
	"让讓许許诉訴讼訟证證词詞诊診断斷疗療药藥护護养養医醫院院儿兒妇婦岁歲长長龄齡兴興趣趣爱愛好好个個与與" +
	"为為从從众眾优優伤傷价價俭儉仪儀体體内內军軍农農冻凍净淨减減凭憑击擊创創别別办辦劳勞势勢区區压壓参參双雙" +
	"变變号號听聽启啟员員响響围圍国國园園圆圓坚堅块塊垫墊备備复復夹夾头頭奖獎妆妝宁寧宾賓导導尽盡层層属屬岭嶺" +
	"币幣师師庆慶应應废廢录錄归歸张張弹彈强強径徑恶惡悬懸惯慣惩懲户戶扩擴扫掃扰擾护護拟擬拥擁择擇挂掛换換摄攝" +
	"敌敵数數无無显顯晓曉暂暫权權来來极極栏欄树樹档檔桥橋梦夢楼樓残殘气氣汇匯汉漢沟溝没沒济濟浅淺测測浓濃涨漲" +
	"渐漸温溫满滿滤濾滞滯灭滅灯燈点點炼煉烟煙烧燒状狀独獨环環盐鹽盖蓋盘盤码碼础礎确確礼禮离離积積称稱稳穩穷窮" +
	"竞競笔筆简簡粮糧红紅级級纳納纸紙线線细細终終绍紹给給绘繪续續绿綠编編缓緩缩縮罚罰聪聰肃肅脑腦节節艺藝苏蘇" +
	"获獲营營补補装裝见見观觀规規览覽触觸计計讨討训訓访訪译譯试試详詳该該误誤请請诸諸课課谁誰谈談谢謝贡貢负負" +
	"贯貫贷貸费費赏賞赔賠赛賽趋趨跃躍转轉轮輪软軟轻輕载載较較辅輔辆輛边邊迁遷违違连連迟遲释釋针針钟鐘钥鑰钢鋼" +
	"钱錢铁鐵销銷锁鎖错錯键鍵闲閑阴陰阶階际際随隨隐隱静靜韩韓顶頂项項顺順须須顾顧预預题題颜顏额額风風飞飛饮飲" +
	"饭飯馆館驻駐驾駕验驗骗騙鲜鮮鸡雞麦麥齐齊"

// traditional is what a mirror shows for r.
func traditional(r rune) rune {
	if !Han(r) {
		return r
	}
	if t := mirrored[r-0x4E00]; t != 0 {
		return t
	}
	return r
}

// mirrored is the table by character. Pairs that would not lead back to the
// simplified character, or that change nothing, are not in it.
var mirrored = func() (table [0x9FFF - 0x4E00 + 1]rune) {
	from := rune(-1)
	for _, r := range converted {
		if from < 0 {
			from = r
			continue
		}
		if from != r && hanzi.Simplified(r) == from {
			table[from-0x4E00] = r
		}
		from = -1
	}
	return table
}()
