package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func completionCommand(a *app) *cobra.Command {
	shells := []struct {
		name  string
		write func(root *cobra.Command) error
	}{
		{"bash", func(root *cobra.Command) error { return root.GenBashCompletionV2(a.stdout, true) }},
		{"zsh", func(root *cobra.Command) error { return root.GenZshCompletion(a.stdout) }},
		{"fish", func(root *cobra.Command) error { return root.GenFishCompletion(a.stdout, true) }},
		{"powershell", func(root *cobra.Command) error { return root.GenPowerShellCompletionWithDesc(a.stdout) }},
	}
	var names []string
	for _, s := range shells {
		names = append(names, s.name)
	}
	cmd := newCommand(spec{
		use:   "completion bash|zsh|fish|powershell",
		short: "print the completion script for a shell",
		long:  "Prints a script that teaches a shell to complete commands, flags and their\nvalues.",
		examples: `source <(zhize completion bash)
zhize completion zsh > "${fpath[1]}/_zhize"
zhize completion fish > ~/.config/fish/completions/zhize.fish`,
		args: exactly(1, "the name of a shell: bash, zsh, fish or powershell"),
		run: func(cmd *cobra.Command, args []string) error {
			for _, s := range shells {
				if s.name == args[0] {
					if err := s.write(cmd.Root()); err != nil {
						return fmt.Errorf("cannot write the completion script: %w", err)
					}
					return nil
				}
			}
			return oneOf(cmd, "the shell", args[0], names...)
		},
	})
	cmd.ValidArgs = names
	return cmd
}
