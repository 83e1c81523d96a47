package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"zhize/document"
	"zhize/index"
	"zhize/index/query"
)

// searchOptions are the flags of `zhize search`.
type searchOptions struct {
	dir    string
	req    index.Request
	duties bool // the canonical ones
	json   bool

	table bool // a line for each hit
}

func searchCommand(a *app) *cobra.Command {
	var o searchOptions
	cmd := newCommand(spec{
		use:   "search QUERY… [-i DIR]",
		short: "find duties, ranked, with the match highlighted",
		long: `Finds the duties that a query names, best first, with the position, the article
and the page on which each stands. The arguments are joined to one query.

  客户 回访           both words
  "客户满意度"        the phrase (quote it for the shell too: '"客户满意度"')
  客户 OR 顾客        either; ( ) groups
  客户 -电话          not 电话
  title:销售 kind:qualifications site: article: number:3
  回*                 words that begin so
  kehu tousu, khts    客户, 投诉 in pinyin, whole or by initials

Traditional and full-width spelling finds simplified text, and a word finds what
stands under a title with it where the text has another word of the query. First
come texts with the words side by side, then those with all words, then those with
some in the title, then those with a synonym (抱怨 for 投诉), each by BM25.
--similar ID finds duties that say nearly the same as one that was found, an item or a
canonical duty.

--duties finds canonical duties: all items of the run that say the same, or nearly
so, are one hit, with how often it stands, on how many pages and under which titles.
--sort count puts the most frequent first.`,
		examples: `zhize search 客户 回访
zhize search '"客户满意度" OR 投诉' --kind responsibilities --facets kind,title
zhize search --duties --sort count 客户 投诉
zhize search title:销售顾问 --group position --json | head -3`,
		exits: []int{exitNothing, exitInterrupted},
		run: func(cmd *cobra.Command, args []string) error {
			o.req.Query = joinQuery(args)
			if err := o.check(cmd); err != nil {
				return err
			}
			return a.search(cmd.Context(), o)
		},
	})
	f := cmd.Flags()
	indexFlag(cmd, &o.dir)
	f.StringVar(&o.req.Title, "title", "", "only under positions whose title has these `WORDS`")
	f.StringVar(&o.req.Kind, "kind", "", "only of this `KIND`: "+strings.Join(kindNames(), ", "))
	f.StringVar(&o.req.Site, "site", "", "only from this `SITE`")
	f.StringVar(&o.req.Article, "article", "", "only in articles whose heading has these `WORDS`")
	f.StringVar(&o.req.Similar, "similar", "", "duties that say nearly what the item or canonical duty with this `ID` says")
	f.StringVar(&o.req.GroupBy, "group", "duty", "one hit for each `UNIT`: "+strings.Join(groupNames(), ", "))
	f.BoolVar(&o.duties, "duties", false, "find canonical duties, with how often each stands")
	f.IntVarP(&o.req.Limit, "limit", "n", 10, "how many hits to show (`N`)")
	f.IntVar(&o.req.Offset, "offset", 0, "how many hits to pass over (`N`)")
	f.StringVar(&o.req.Sort, "sort", "score", "`ORDER` of the hits: "+strings.Join(sortNames(), ", "))
	f.BoolVar(&o.req.NoSynonyms, "no-synonyms", false, "find the query's own words only, not others that mean the same")
	f.StringSliceVar(&o.req.Facets, "facets", nil, "count the hits by `FIELDS`: "+strings.Join(facetNames(), ", "))
	f.BoolVar(&o.table, "table", false, "print one line for each hit, in columns")
	jsonFlag(cmd, &o.json)
	complete(cmd, "kind", kindNames()...)
	complete(cmd, "group", groupNames()...)
	complete(cmd, "sort", sortNames()...)
	complete(cmd, "facets", facetNames()...)
	return cmd
}

// indexFlag gives a command its -i.
func indexFlag(cmd *cobra.Command, dir *string) {
	cmd.Flags().StringVarP(dir, "index", "i", defaultDir, "`DIR` that zhize run wrote")
}

func groupNames() []string { return []string{"duty", "position", "page"} }

func sortNames() []string { return []string{"score", "count", "number", "page"} }

func facetNames() []string { return []string{"title", "kind", "site"} }

func kindNames() []string {
	var names []string
	for _, k := range document.Kinds {
		names = append(names, string(k))
	}
	return names
}

// queryArgs makes a word to leave out (-电话) of `zhize search` readable for
// the flag parser, which takes what begins with a dash for a flag. No flag has
// letters beyond ASCII, and a query may begin with a space.
func queryArgs(args []string) []string {
	if len(args) == 0 || args[0] != "search" {
		return args
	}
	out := make([]string, len(args))
	for i, arg := range args {
		if len(arg) > 1 && arg[0] == '-' && (arg[1] >= utf8.RuneSelf || strings.ContainsRune(`"(`, rune(arg[1]))) {
			arg = " " + arg
		}
		out[i] = arg
	}
	return out
}

// joinQuery makes one query of the arguments, and undoes what queryArgs did.
func joinQuery(args []string) string {
	words := make([]string, len(args))
	for i, arg := range args {
		words[i] = strings.TrimPrefix(arg, " ")
	}
	return strings.Join(words, " ")
}

func (o *searchOptions) check(cmd *cobra.Command) error {
	switch {
	case strings.TrimSpace(o.req.Query) == "" && o.req.Title+o.req.Kind+o.req.Site+o.req.Article+o.req.Similar == "":
		return misuse(cmd, "search needs words to look for, as in: zhize search 客户 回访")
	case o.req.Limit < 1:
		return misuse(cmd, "--limit is 1 or more, not %d", o.req.Limit)
	case o.req.Offset < 0:
		return misuse(cmd, "--offset is 0 or more, not %d", o.req.Offset)
	}
	if o.req.Kind != "" {
		kind, ok := query.FindKind(o.req.Kind)
		if !ok {
			return oneOf(cmd, "--kind", o.req.Kind, kindNames()...)
		}
		o.req.Kind = kind
	}
	for _, field := range o.req.Facets {
		if err := oneOf(cmd, "--facets", field, facetNames()...); err != nil {
			return err
		}
	}
	if err := oneOf(cmd, "--sort", o.req.Sort, sortNames()...); err != nil {
		return err
	}
	if err := oneOf(cmd, "--group", o.req.GroupBy, groupNames()...); err != nil || !o.duties {
		return err
	}
	if cmd.Flags().Changed("group") {
		return misuse(cmd, "--duties and --group ask for different things")
	}
	o.req.GroupBy = "canonical"
	return nil
}

// In an index of many duties one search may find hundreds of thousands, and
// make garbage that it ends too soon to have to collect: that takes a sixth of
// its time. The heap may grow to searchHeap there first; a search that finds
// two thirds of a million duties takes seventy megabytes.
const (
	manyDuties = 1_000_000
	searchHeap = 256 << 20
)

// postpone puts off the collection of garbage for a search of x. Who sets GOGC
// is obeyed.
func (a *app) postpone(x *index.Index) {
	if x.Info().Documents >= manyDuties && a.getenv("GOGC") == "" {
		debug.SetMemoryLimit(searchHeap)
		debug.SetGCPercent(-1)
	}
}

func (a *app) search(ctx context.Context, o searchOptions) error {
	if _, err := query.Parse(o.req.Query); err != nil {
		return queryError(o.req.Query, err)
	}
	x, err := index.Open(o.dir)
	if errors.Is(err, index.ErrAbsent) {
		if none := a.outputFolder(o.dir); none != nil {
			return none
		}
	}
	if err != nil {
		return err
	}
	defer x.Close()
	a.postpone(x)
	found, err := x.Search(ctx, o.req)
	if err != nil {
		return queryError(o.req.Query, err)
	}
	if o.json {
		err = a.writeHitLines(found)
	} else {
		a.writeHits(found, o)
	}
	if err == nil && found.Total == 0 {
		err = errNothing
	}
	return err
}

// queryError shows the place of a mistake in a query with a caret.
func queryError(q string, err error) error {
	var syntax *query.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	return fmt.Errorf("cannot read the query: %s\n  %s", syntax.Msg, strings.ReplaceAll(syntax.Caret(q), "\n", "\n  "))
}

func (a *app) writeHitLines(found *index.Result) error {
	for i := range found.Hits {
		if err := a.json(&found.Hits[i]); err != nil {
			return err
		}
	}
	return a.json(found.Summary())
}
