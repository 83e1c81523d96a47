package normalize

import "testing"

func TestPageLine(t *testing.T) {
	for text, want := range map[string]bool{
		"第6页": true, "第 6 页 共 12 页": true, "第6页/12页": true, "第\u00a012\u00a0页 共\u00a021\u00a0页": true, "6\u00a0/ 12": true, "6 / 12": true, "·6·": true, "- 6 -": true, "— 16 —": true, "Page 6": true, "Page 6 of 12": true,
		"": false, "6": false, "6、": false, "12 / 6": false, "2/3": false, "第六条": false, "第6页的内容": false, "- 6": false, "·核对·": false, "Page": false, "-- --": false,
		"第页": false, "9:00 / 17:30": false, "PageMaker 6": false,
	} {
		if got := PageLine(text); got != want {
			t.Errorf("PageLine(%q) is %v", text, got)
		}
	}
}
