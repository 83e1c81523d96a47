package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"zhize/record"
)

func schemaCommand(a *app) *cobra.Command {
	cmd := newCommand(spec{
		use:   "schema [NAME]",
		short: "print the JSON Schema of an output",
		long: `Prints the JSON Schema (2020-12) that every line of an output obeys; without a
name, the names that there are.`,
		examples: `zhize schema
zhize schema positions > positions.schema.json`,
		run: func(cmd *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				for _, name := range record.SchemaNames() {
					a.printf("%s\n", name)
				}
				return nil
			case 1:
			default:
				return misuse(cmd, "schema takes one name; %q is too much", args[1])
			}
			if err := oneOf(cmd, "the name of a schema", args[0], record.SchemaNames()...); err != nil {
				return err
			}
			schema, err := record.SchemaFor(args[0])
			if err != nil {
				return fmt.Errorf("cannot make the schema: %w", err)
			}
			a.printf("%s\n", schema)
			return nil
		},
	})
	cmd.ValidArgs = record.SchemaNames()
	return cmd
}
