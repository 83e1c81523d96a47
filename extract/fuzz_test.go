package extract

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"zhize/extract/internal/pagetest"
)

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"岗位职责\n1、验收", "<p>一<br><br>二</p>", "<ol start=3 reversed><li>一<li value=9>二<ol type=a><li>三</ol></ol>",
		"<table><tr><td>一<td><p>二<tr><td hidden>三</table>", "<div class=nav><a href=#>一</a></div><p hidden>二",
		"<pre>\n 一\r\n二</pre><b><p>三</b>四", "<table><b>一<tr>二<td>三</b>", "<frameset><noframes>一</noframes>",
		"<svg><title>一</title><style><p>二</svg><math><mi>三", "<select><option>一<optgroup>二</select><textarea>三", "<template><td>一</template>二",
		"<ul><li><b>一</b><li><h2>二</h2>三</ul>", "<title>职责_网</title><meta name=date content=2023-11-23><h1>一</h1>小编：二",
	} {
		f.Add([]byte(s), "text/html")
	}
	pages, _ := filepath.Glob("../testdata/pages/*.html")
	for _, p := range pages {
		if data, err := os.ReadFile(p); err == nil {
			f.Add(data, "")
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, media string) {
		r, err := Read(Input{Data: data, MediaType: media})
		if err != nil {
			if e := (*RejectError)(nil); !errors.As(err, &e) {
				t.Fatalf("%T", err)
			}
			return
		}
		if err := pagetest.Check(written(r)); err != nil {
			t.Error(err)
		}
	})
}
