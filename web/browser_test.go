package web

import (
	"net/url"
	"strings"
	"testing"

	"zhize/internal/browser"
)

// TestInBrowser uses the search page as a person does. With the variable
// ZHIZE_SCREENSHOTS it leaves pictures of what it saw.
func TestInBrowser(t *testing.T) {
	s, _ := newServer(t, Options{})
	address, _ := serving(t, s)
	b := browser.Start(t)
	site := "http://" + address
	count := func(selector string) int {
		return int(b.Number(`document.querySelectorAll(` + "`" + selector + "`" + `).length`))
	}
	fits := func(what string, width int) {
		t.Helper()
		if wide := b.Number(`document.documentElement.scrollWidth`); int(wide) > width {
			t.Errorf("%s is %v pixels wide on a screen of %d", what, wide, width)
		}
	}

	// Typing searches; a stale answer does not overwrite a newer one.
	b.Screen(1100, 800, false)
	b.Open(site + "/?lang=zh")
	b.Keep("home")
	b.Key("/")
	b.Until(`document.activeElement.id === "q"`)
	b.Type("客户")
	b.Until(`document.querySelectorAll(".hit mark").length > 0`)
	b.Type(" 投诉")
	b.Until(`new URLSearchParams(location.search).get("q") === "客户 投诉" && document.querySelectorAll(".hit").length === 2`)
	if said := b.Text(`document.getElementById("status").textContent`); said != "2 条结果" {
		t.Errorf("a screen reader is told %q", said)
	}
	b.Keep("results")

	// Keys walk through the results and open one.
	b.Key("ArrowDown")
	b.Key("j")
	b.Key("j")
	b.Key("k")
	if at := b.Number(`[...document.querySelectorAll(".hit .text")].indexOf(document.activeElement)`); at != 0 {
		t.Errorf("the focus is on result %v", at)
	}
	b.Key("Enter")
	b.Until(`location.pathname.startsWith("/show/") && document.readyState === "complete"`)
	if count("li.here") != 1 || count(".row.here") < 1 || count("del") < 1 || count("ins") < 1 {
		t.Errorf("the item and its repairs are not shown: %d %d %d %d", count("li.here"), count(".row.here"), count("del"), count("ins"))
	}
	b.Keep("position")
	b.Key("Escape")
	b.Until(`location.pathname === "/" && document.querySelectorAll(".hit").length === 2`)

	// A mistake is shown with its place, and typing on mends it.
	b.Do(`document.getElementById("q").value = ""; document.getElementById("q").focus()`)
	b.Type(`"客户`)
	b.Until(`document.querySelector(".problem pre")`)
	b.Type(`投诉"`)
	b.Until(`document.querySelectorAll(".hit").length > 0`)

	// A facet narrows, and its filter is taken away again.
	b.Open(site + "/?lang=zh&q=" + url.QueryEscape("客户"))
	all := count(".hit")
	b.Do(`setTimeout(() => [...document.querySelectorAll(".facets a")].find(a => a.textContent.includes("仓库管理员")).click())`)
	b.Until(`document.querySelectorAll(".hit").length === 1 && document.querySelectorAll(".filters a").length === 1`)
	b.Do(`setTimeout(() => document.querySelector(".filters a").click())`)
	b.Until(`document.readyState === "complete" && document.querySelectorAll(".hit").length === ` + string(rune('0'+all)))

	// Canonical duties, chosen from a list; one leads to its wordings, and to those
	// like it.
	b.Do(`const list = document.querySelector("select[name=group]"); list.value = "canonical"; list.dispatchEvent(new Event("change", {bubbles: true}))`)
	b.Until(`new URLSearchParams(location.search).get("group") === "canonical" && !document.querySelector(".stale") && [...document.querySelectorAll(".hit .place b")].every(e => e.textContent.includes("次，见于"))`)
	if n := count(".hit"); n != all {
		t.Errorf("%d canonical duties of %d", n, all)
	}
	b.Keep("canonical")
	b.Do(`setTimeout(() => document.querySelector(".hit .text").click())`)
	b.Until(`location.pathname.startsWith("/show/d") && document.readyState === "complete"`)
	b.Do(`setTimeout(() => [...document.querySelectorAll(".about a")].find(a => a.textContent === "相似").click())`)
	b.Until(`new URLSearchParams(location.search).get("similar") && document.readyState === "complete" && document.querySelectorAll(".filters a").length === 1`)

	// On a phone, light and dark, nothing stands out on the right.
	long := url.QueryEscape("盘点库存")
	hit := b.Text(`document.querySelector(".hit .text").getAttribute("href")`)
	for _, dark := range []bool{false, true} {
		b.Screen(360, 740, dark)
		for _, p := range []struct{ name, target string }{
			{"home", "/"}, {"results", "/?q=" + long}, {"none", "/?q=xyzzy"}, {"canonical", "/?group=canonical&q=" + long}, {"position", hit}, {"page", strings.SplitN(hit, "-p", 2)[0]},
		} {
			b.Open(site + p.target)
			fits(p.name, 360)
			name := "phone-" + p.name
			if dark {
				name += "-dark"
			}
			b.Keep(name)
		}
	}
	for _, noise := range b.Noise() {
		if !strings.Contains(noise, "400 (Bad Request)") { // the query with a mistake
			t.Errorf("the browser says %s", noise)
		}
	}

	// Without scripts the form and its links do the same.
	b.Scripts(false)
	b.Screen(1100, 800, false)
	b.Open(site + "/?lang=zh")
	b.Do(`document.getElementById("q").focus()`) // the tab may be asked, the page's own scripts are off
	b.Type("客户 投诉")
	b.Key("Enter")
	b.Until(`location.search.includes("q=") && document.readyState === "complete" && document.querySelectorAll(".hit").length === 2`)
	b.Keep("without-scripts")
	b.Do(`document.querySelector("select[name=group]").value = "canonical"; document.getElementById("q").focus()`)
	b.Key("Enter")
	b.Until(`location.search.includes("group=canonical") && document.readyState === "complete" && document.querySelectorAll(".hit").length === 2`)
	b.Do(`document.querySelector(".hit .page a").click()`)
	b.Until(`location.pathname.startsWith("/show/") && document.querySelectorAll("li.here").length === 1`)
}
