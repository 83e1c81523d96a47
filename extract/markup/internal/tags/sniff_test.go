package tags

import "testing"

func TestIsHTML(t *testing.T) {
	for _, c := range []struct {
		text, media string
		want        bool
	}{
		{"<!DOCTYPE html><p>x", "", true},
		{"  <html>", "", true},
		{"<!-- c --><body>x", "text/plain", true},
		{"<p>验收</p>", "", true},
		{"<div>验收", "text/html", true},
		{"<p>验收<p>发料<p>盘点", "", true},
		{"<p>是一个标签", "", false},
		{"验收<br>发料<br>盘点<br>", "", true},
		{"验收", "text/html", false},
		{"1、验收\n2、a<b 且 c>d", "", false},
		{"熟悉<div>、<p>、<span>等标签", "", false},
		{"1、用 <b>粗体</b> 标出", "", false},
		{"<验收>与<发料>", "", false},
		{"<p>验收</p>", "text/plain", false},
		{"<", "", false},
		{"<br", "", false},
	} {
		look := Scan(c.text)
		if got := look.IsHTML(c.media); got != c.want {
			t.Errorf("IsHTML(%q, %q) = %v", c.text, c.media, got)
		}
	}
}
