package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"zhize/index/jieba"
	"zhize/record"
)

// versions is what `zhize version --json` prints.
type versions struct {
	Version    string `json:"version"`
	Go         string `json:"go"`
	Platform   string `json:"platform"`
	Schema     string `json:"schema"`
	Dictionary string `json:"dictionary"`
}

func versionCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := newCommand(spec{
		use:      "version [--json]",
		short:    "print the version of the program, its schema and its dictionary",
		long:     "Prints the version of the program, of Go, of the output's schema and of the\ndictionary that words are cut with. An index made with another schema or\ndictionary is refused and can be rebuilt with \"zhize index DIR\".",
		examples: "zhize version --json",
		args:     exactly(0, "no arguments"),
		run: func(*cobra.Command, []string) error {
			v := versions{
				Version:    moduleVersion(),
				Go:         runtime.Version(),
				Platform:   runtime.GOOS + "/" + runtime.GOARCH,
				Schema:     record.Schema,
				Dictionary: jieba.Default().Hash(),
			}
			if asJSON {
				return a.json(v)
			}
			var t table
			t.add("zhize", v.Version)
			t.add("go", v.Go+" "+v.Platform)
			t.add("schema", v.Schema)
			t.add("dictionary", v.Dictionary)
			t.write(a.stdout)
			return nil
		},
	})
	jsonFlag(cmd, &asJSON)
	return cmd
}

// jsonFlag gives a command that prints for people its --json.
func jsonFlag(cmd *cobra.Command, asJSON *bool) {
	cmd.Flags().BoolVar(asJSON, "json", false, "print JSON")
}

// moduleVersion is the version that the go tool built in: of the module when
// it was installed by version, else "(devel)".
func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
