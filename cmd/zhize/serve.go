package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"zhize/index"
	"zhize/web"
)

// serveOptions are the flags of `zhize serve`.
type serveOptions struct {
	dir     string
	address string
	port    int
	hosts   []string
}

// The usual address: of this machine alone.
const (
	loopback    = "127.0.0.1"
	defaultPort = 8732
)

func serveCommand(a *app) *cobra.Command {
	var o serveOptions
	cmd := newCommand(spec{
		use:   "serve [-i DIR]",
		short: "search in a browser, on this machine",
		long: `Serves a search page for a finished run, and shows positions and pages with their
repairs beside the source. The page works without scripts, asks nothing of a
network, and speaks Chinese and English. Ctrl-C ends it. A run or an index that is
made anew is taken over while it serves.

Programs get the hits of zhize search --json from /api/search?q=…, what an id names from
/api/show/ID, and the description of both (OpenAPI 3.1) from /openapi.json.

It listens on 127.0.0.1, where only programs of this machine reach it. There are no
accounts: whoever reaches another --address can read the whole run.`,
		examples: `zhize serve
zhize serve -i 职责库 --port 9000
curl 'http://127.0.0.1:8732/api/search?q=title:经理&limit=3'`,
		args: exactly(0, "no arguments; the folder stands behind -i"),
		run: func(cmd *cobra.Command, _ []string) error {
			if o.port < 0 || o.port > 65535 {
				return misuse(cmd, "--port is 0 (any that is free) to 65535, not %d", o.port)
			}
			return a.serve(cmd.Context(), o)
		},
	})
	indexFlag(cmd, &o.dir)
	cmd.Flags().StringVar(&o.address, "address", loopback, "`ADDRESS` to listen on")
	cmd.Flags().IntVar(&o.port, "port", defaultPort, "`PORT` to listen on; 0 takes any that is free")
	cmd.Flags().StringSliceVar(&o.hosts, "allow-host", nil, "answer to this `NAME` too, beside localhost and addresses")
	return cmd
}

func (a *app) serve(ctx context.Context, o serveOptions) error {
	s, err := web.New(o.dir, web.Options{Hosts: o.hosts})
	if errors.Is(err, index.ErrAbsent) {
		if none := a.outputFolder(o.dir); none != nil {
			return none
		}
	}
	if err != nil {
		return err
	}
	defer s.Close()
	l, err := net.Listen("tcp", net.JoinHostPort(o.address, strconv.Itoa(o.port)))
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("port %d of %s is in use, by another zhize serve perhaps; name another with --port, or take any with --port 0", o.port, plain(o.address))
	}
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", plain(o.address), err)
	}
	host, port, at := reached(l.Addr())
	if !at.IsLoopback() {
		a.note("zhize: warning: whoever reaches port %s of this machine can read the whole run; there are no accounts", port)
	}
	a.printf("http://%s/\n", net.JoinHostPort(host, port))
	if err := a.stdout.Flush(); err != nil {
		return errors.Join(fmt.Errorf("cannot write the output: %w", err), l.Close())
	}
	a.note("Serving %s; Ctrl-C ends", plain(o.dir))
	if err := s.Serve(ctx, l); err != nil {
		return fmt.Errorf("cannot go on serving: %w", err)
	}
	return nil
}

// reached is the name and the port by which a browser on this machine reaches an
// address, and the address.
func reached(addr net.Addr) (host, port string, at netip.Addr) {
	a, err := netip.ParseAddrPort(addr.String())
	if err != nil {
		return addr.String(), "", at // no address of a network, which cannot be
	}
	host = a.Addr().String()
	if a.Addr().IsUnspecified() {
		host = "localhost"
	}
	return host, strconv.Itoa(int(a.Port())), a.Addr()
}
