package outline_test

import (
	"strings"
	"testing"

	"zhize/extract/outline"
)

// A line behind an item goes on its text where a list inside the item follows,
// also where the list has no heading and might be a site's notice.
func TestLineBeforeInnerList(t *testing.T) {
	text := "出纳岗位职责\n1、做好现金日记账的登记工作，做到日清月结；\n当日核对库存现金，差错当日查清；\n(1)收入登记入册；\n(2)支出登记入册。\n2、保管印章和空白支票；\n"
	got := outline.Build(outline.Input{Text: text, Title: "出纳岗位职责"})
	if len(got.Articles) != 1 || len(got.Articles[0].Positions) != 1 || len(got.Articles[0].Positions[0].Sections) != 1 {
		t.Fatalf("articles: %+v", got.Articles)
	}
	items := got.Articles[0].Positions[0].Sections[0].Items
	if len(items) != 2 || len(items[0].Children) != 2 || !strings.Contains(items[0].Span.Of(text), "差错当日查清") {
		t.Errorf("items: %+v", items)
	}
}
