package charset

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// The characters that most Chinese text is made of, and those of job
// descriptions. A text decoded with the wrong charset consists of rare ones.
const (
	frequentSimplified = `的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里` +
		`用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔组织职责岗位负协助销售客户服务维护监督培训考核招聘绩效财务会计审核预算合同采购库存仓储质量检查安全卫生设备部门经理主管专员助理总监董事秘书行政人事薪酬档案制度流程标准要求能力熟悉掌握良好沟通团队精神责任心以上学历专业经验技能项目策划推广宣传媒体市场分析调研报告编写修改完善执行落实贯彻按照根据配合协调汇报上级领导交办临时其它工作内容描述说明书资格条件范围权限下属直接隶属关系环境` +
		`收发登记整理归档保管印章车辆驾驶接待礼仪来访电话投诉处理解决问题改进措施建议意见及时准确每日周月季度年终总结范文篇模板精选下载网站版权所有首页导航搜索`
	frequentTraditional = `這個們來為國說時會對過發後裡種經麼學現當沒動還進樣開從實無與長機將兩間問點業關應戰頭體見產話給門東聲兒員論處義幾認條氣題爾別變總電數報結務場計資許統區隊決則聽達強難權術領確傳師觀讓識帶導爭運筆組織職責崗負協銷售客戶服維護監督訓績財審預購庫質檢備經理專員總監書檔標準歷驗項劃廣媒場調編寫執實貫徹據匯報級領導臨時內說明資範圍權屬關係環收發記納歸車輛駛禮訪話訴決進議見確週總結範選載網權頁導` +
		`華臺灣於並該須應與給講買賣讀萬億單雙層練習廠貨價錢銀錄鐘鍵鎮開閉闆隨際陸陽險雖離難雲靈響頁順預頓顧題願類顯風飛飯飲館駐驗體魚鳥麗黃點齊龍聯絡`
)

// charSet is a set of characters of the basic plane.
type charSet [1 << 16 / 64]uint64

func newCharSet(texts ...string) *charSet {
	var s charSet
	for _, t := range texts {
		for _, r := range t {
			s[r>>6&(1<<10-1)] |= 1 << (r & 63)
		}
	}
	return &s
}

func (s *charSet) has(r rune) bool { return r < 1<<16 && s[r>>6]&(1<<(r&63)) != 0 }

var frequent = newCharSet(frequentSimplified, frequentTraditional, "，。、；：？！（）“”《》【】　")

// score is what speaks for a decoding and against it.
type score struct {
	total    int // characters
	plain    int // printable ASCII and white space
	frequent int
	rare     int // other characters beyond ASCII that text has
	alien    int // private use, unassigned, control and half-width characters
	replaced int // U+FFFD
}

// points is the share of frequent characters among those beyond ASCII, in
// percent; what cannot be text counts four times. Right decodings of Chinese
// prose score 55-90, wrong ones below 25.
func (s score) points() int {
	all := s.frequent + s.rare + 4*(s.alien+s.replaced)
	if all == 0 {
		return 0
	}
	return s.frequent * 100 / all
}

func (s *score) count(r rune) {
	s.total++
	switch {
	case r == utf8.RuneError:
		s.replaced++
	case r == '\n' || r == '\r' || r == '\t' || r == '\f' || 0x20 <= r && r < 0x7F:
		s.plain++
	case frequent.has(r):
		s.frequent++
	case r == 0xA0 || 0x4E00 <= r && r <= 0x9FFF || 0x2010 <= r && r <= 0x33FF || 0xFF01 <= r && r <= 0xFF5E:
		s.rare++
	case 0xFF5F <= r && r <= 0xFFEF || !unicode.IsGraphic(r):
		s.alien++
	default:
		s.rare++
	}
}

// scoreAs decodes data piece by piece and counts, in bounded memory.
func scoreAs(c candidate, data []byte) score {
	var s score
	var dst [16 << 10]byte
	dec := c.enc.NewDecoder()
	for len(data) > 0 {
		chunk := data[:min(len(data), len(dst)/4)]
		nDst, nSrc, err := dec.Transform(dst[:], chunk, len(chunk) == len(data))
		for _, r := range string(dst[:nDst]) {
			s.count(r)
		}
		if nSrc == 0 && err != nil && err != transform.ErrShortDst {
			s.replaced++
			nSrc = 1
		}
		data = data[nSrc:]
	}
	return s
}
