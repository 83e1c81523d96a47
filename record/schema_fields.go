package record

import (
	"encoding/json"

	"zhize/document"
)

// refinement is what a schema says of a field beyond its Go type.
type refinement struct {
	field       string // Go type, ".", JSON key
	description string
	enum        []any
	pattern     string
	minimum     json.Number
}

const (
	pageID     = "^[0-9a-f]{16}$"
	positionID = "^[0-9a-f]{16}-p[0-9]{3,}$"
	articleID  = "^[0-9a-f]{16}-a[0-9]{3,}$"
	sha256Hex  = "^[0-9a-f]{64}$"
)

func refinements() []refinement {
	schema := []any{Schema}
	copyKinds := []any{ExactCopy, NearCopy}
	return []refinement{
		{field: "Position.schema", description: "version of the contract", enum: schema},
		{field: "Position.id", description: "page id, -p and the ordinal", pattern: positionID},
		{field: "Position.ordinal", description: "from 1, over the page", minimum: "1"},
		{field: "Position.title", description: "null where the page gives none; never invented"},
		{field: "Position.title_origin", description: "where the title was read",
			enum: values(document.FromHeading, document.FromField, document.FromContext)},
		{field: "Position.fields", description: "rows of the position's form: reports_to, department, summary …"},
		{field: "Position.edits", description: "those that lie inside this position"},
		{field: "Position.duplicate_of", description: "id of the kept position whose items say the same or nearly so", pattern: positionID},
		{field: "Position.duplicate_kind", description: "exact: the items have the same letters and digits", enum: copyKinds},
		{field: "Position.similarity", description: "of the items' texts; 1 where exact", minimum: "0"},
		{field: "PageRef.id", description: "id of the page", pattern: pageID},
		{field: "ArticleRef.ordinal", description: "from 1, as counted on the page", minimum: "1"},
		{field: "ArticleRef.heading", description: "null where the article has none"},
		{field: "ArticleRef.id", description: "of the article in its page's list", pattern: articleID},
		{field: "Section.kind", description: "what the items are", enum: kinds()},
		{field: "Section.missing", description: "numbers that the list skips"},
		{field: "Item.number", description: "as the page says after repair, never renumbered; null where it bears none", minimum: "1"},
		{field: "Item.marker", description: "the number, letter or bullet as the page writes it"},
		{field: "Item.text", description: "the source of span with the applied edits made"},
		{field: "Edit.rule", description: "name of the rule; two joined by + where one changed the other's work"},
		{field: "Edit.before", description: "what stands in the source"},
		{field: "Edit.after", description: "what replaces it; empty for a deletion"},
		{field: "Edit.confidence", description: "0 to 1", minimum: "0"},
		{field: "Edit.status", description: "made, or proposed to a person", enum: []any{"applied", "suggested"}},
		{field: "Page.schema", description: "version of the contract", enum: schema},
		{field: "Page.id", description: "first 16 digits of sha256; another for a further page with the same bytes", pattern: pageID},
		{field: "Page.uri", description: "how the input names the page"},
		{field: "Page.sha256", description: "of the bytes as they came", pattern: sha256Hex},
		{field: "Page.bytes", description: "size of the page as it came", minimum: "0"},
		{field: "Page.charset_why", description: "what decided the charset"},
		{field: "Page.declared_articles", description: "articles that the title promises"},
		{field: "Page.source", description: "the decoded text in reading order; spans count its code points"},
		{field: "Page.generated", description: "list numbers, and labels that the columns of a table share, which no text holds there"},
		{field: "Page.regions", description: "a partition of source"},
		{field: "Page.duplicate_of", description: "id of the kept page that says the same or nearly so", pattern: pageID},
		{field: "Page.duplicate_kind", description: "exact: the source has the same letters and digits", enum: copyKinds},
		{field: "Page.similarity", description: "of the source without what was dropped; 1 where exact", minimum: "0"},
		{field: "Page.articles", description: "the texts of the page, in order"},
		{field: "Article.id", description: "page id, -a and the place among the page's articles", pattern: articleID},
		{field: "Article.ordinal", description: "from 1, as counted on the page", minimum: "1"},
		{field: "Article.heading", description: "null where the article has none"},
		{field: "Article.positions", description: "how many; the page's positions stand in the order of its articles", minimum: "0"},
		{field: "Article.items", description: "of its positions", minimum: "0"},
		{field: "Article.duplicate_of", description: "id of the kept article whose items say the same or nearly so", pattern: articleID},
		{field: "Article.duplicate_kind", description: "exact: the items have the same letters and digits", enum: copyKinds},
		{field: "Article.similarity", description: "of the items' texts; 1 where exact", minimum: "0"},
		{field: "Duty.schema", description: "version of the contract", enum: schema},
		{field: "Duty.id", description: "d and 16 digits of the hash of kind and letters of its text", pattern: "^d[0-9a-f]{16}$"},
		{field: "Duty.text", description: "the most frequent wording of those letters that stand most often"},
		{field: "Duty.kind", description: "kind of the sections it stands in", enum: kinds()},
		{field: "Duty.count", description: "how often it stands, duplicates included", minimum: "1"},
		{field: "Duty.pages", description: "pages it stands on", minimum: "1"},
		{field: "Duty.sites", description: "sites that are named and it stands on", minimum: "0"},
		{field: "Duty.titles", description: "the ten most frequent titles of its positions"},
		{field: "Duty.variants", description: "text, then the most frequent other wordings, ten in all"},
		{field: "Duty.wordings", description: "how many wordings there are", minimum: "1"},
		{field: "Duty.near", description: "of count, those whose letters are others than those of text", minimum: "0"},
		{field: "Reject.schema", description: "version of the contract", enum: schema},
		{field: "Reject.uri", description: "the input, or its line as file#L12"},
		{field: "Reject.stage", description: "where it failed", enum: []any{"read", "decode", "extract", "process", "write"}},
		{field: "Reject.reason", description: "a short constant: empty, binary, too-large, unreadable …", pattern: "^[a-z][a-z0-9-]*$"},
		{field: "Hit.id", description: "position id, -i and the item's ordinal", pattern: "^[0-9a-f]{16}-p[0-9]{3,}-i[0-9]{3,}$"},
		{field: "Hit.kind", description: "what the item is", enum: kinds()},
		{field: "Hit.highlights", description: "code points of text"},
		{field: "Hit.span", description: "code points of the page's source"},
		{field: "Hit.match", description: "how it answers the query; exact ones come before words, title and related", enum: []any{"exact", "words", "title", "related"}},
		{field: "Hit.title_highlights", description: "code points of title"},
		{field: "Hit.related", description: "the other words by which it was found"},
		{field: "HitRelated.by", description: "why the found word stands for that of the query", enum: []any{"synonym", "pinyin"}},
		{field: "HitSummary.next", description: "offset of the next page"},
		{field: "HitSummary.read_as", description: "words of the query that were taken for pinyin"},
		{field: "HitSummary.suggestions", description: "other queries, where this one finds little"},
		{field: "HitSuggest.why", description: "a word was spelt otherwise, or left out because it stands nowhere", enum: []any{"spelling", "without"}},
		{field: "Manifest.schema", description: "version of the contract", enum: schema},
		{field: "Manifest.finished", description: "true where the outputs are whole"},
		{field: "Manifest.configuration_hash", description: "sha256 of configuration", pattern: sha256Hex},
		{field: "Manifest.skipped", description: "files that are no pages, by extension or by what they are"},
		{field: "Output.sha256", description: "of the whole file", pattern: sha256Hex},
		{field: "IndexState.positions", description: "sha256 of the positions.jsonl that it was built from", pattern: sha256Hex},
	}
}

const exampleEdit = `{"rule":"slip","span":[10,11],"before":"续","after":"绩","confidence":0.99,"evidence":{"basis":"业绩 in the same list"},"status":"applied"}`

const examplePosition = `{"schema":"zhize/1","id":"00112233445566aa-p001",
"page":{"id":"00112233445566aa","uri":"pages/0001.html","title":"销售部职责模板","site":null,"published":"2024-03-01"},
"article":{"ordinal":1,"heading":null,"id":"00112233445566aa-a001"},"ordinal":1,"title":"销售顾问","title_origin":"heading","fields":{"reports_to":"销售经理"},
"sections":[{"kind":"responsibilities","heading":null,"span":[8,12],
"items":[{"number":1,"marker":"1、","text":"完成业绩","span":[8,12],"flags":[],"children":[]}],"missing":[],"flags":["inferred"]}],
"edits":[` + exampleEdit + `],"flags":[],"duplicate_of":null,"duplicate_kind":null,"similarity":null}`

const examplePage = `{"schema":"zhize/1","id":"00112233445566aa","uri":"pages/0001.html",
"sha256":"00112233445566aa00112233445566aa00112233445566aa00112233445566aa","bytes":30,"charset":"utf-8","charset_why":"valid",
"title":"销售部职责模板","site":null,"published":"2024-03-01","declared_articles":null,"found_articles":1,
"meta":{"format":null,"uploaded":null,"editor":null,"page_count":null},"source":"销售顾问\n 1、完成续绩","generated":[],
"regions":[[0,4,"heading",null],[4,6,"blank",null],[6,8,"marker",null],[8,12,"item",null]],"edits":[` + exampleEdit + `],
"counts":{"articles":1,"positions":1,"sections":1,"items":1,"edits":1,"suggested":0,"characters":12},"flags":[],"duplicate_of":"8899aabbccddeeff","duplicate_kind":"near","similarity":0.875,
"articles":[{"id":"00112233445566aa-a001","ordinal":1,"heading":null,"positions":1,"items":1,"duplicate_of":null,"duplicate_kind":null,"similarity":null}]}`

const exampleDuty = `{"schema":"zhize/1","id":"d00112233445566aa","text":"完成业绩","kind":"responsibilities","count":3,"pages":2,"sites":1,
"titles":[{"title":"销售顾问","count":3}],"variants":["完成业绩","完成业绩。"],"wordings":2,"near":0}`

const exampleReject = `{"schema":"zhize/1","uri":"rows.jsonl#L12","stage":"read","reason":"bad-json","message":"the line is a JSON list, not a JSON object; write each page as one object on one line"}`

const exampleHit = `{"id":"00112233445566aa-p001-i001","score":7.5,"text":"完成业绩","highlights":[[2,4]],"number":1,"kind":"responsibilities",
"title":"销售顾问","article":null,"page":{"id":"00112233445566aa","uri":"pages/0001.html","title":"销售部职责模板","site":null},
"span":[8,12],"duplicates":0,"position":"00112233445566aa-p001","flags":[],"match":"exact","title_highlights":[]}`

const exampleManifest = `{"schema":"zhize/1","finished":true,"started":"2024-03-01T10:00:00Z","ended":"2024-03-01T10:00:01Z","inputs":["pages"],
"configuration":{"text_field":"","html_field":"","url_field":"","title_field":"","evidence":""},
"configuration_hash":"00112233445566aa00112233445566aa00112233445566aa00112233445566aa",
"versions":{"zhize":"(devel)","build":"00112233445566aa","go":"go1.26"},
"counts":{"pages":1,"articles":1,"positions":1,"sections":1,"items":1,"duties":1,"rejects":0,"duplicate_pages":0,"duplicate_positions":0,
"bytes":30,"characters":12,"roles":{"item":4,"marker":2,"heading":4,"blank":2},"dropped":{},"edits":{"slip":1},"suggested":{},
"kinds":{"responsibilities":1},"flags":{"inferred":1},"reject_reasons":{},
"numbering":{"lists":1,"gapped":0,"missing":0,"repeated":0,"numbered":1,"unnumbered":0},
"duplicate_articles":0,"near_pages":0,"near_articles":0,"near_positions":0,"near_duties":0},
"skipped":{".png":2},"timings":{"scan_ms":0,"learn_ms":5,"process_ms":12,"duties_ms":1,"write_ms":3,"index_ms":40,"duplicates_ms":2},
"outputs":[{"name":"positions.jsonl","sha256":"00112233445566aa00112233445566aa00112233445566aa00112233445566aa","bytes":700,"lines":1}],
"index":null}`
