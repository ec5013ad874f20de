// The peer in Go: containerd's ttrpc as Debian ships it.
//
//	ttrpc serve SOCKET
//	ttrpc relay SOCKET DOWNSTREAM     takes each call and makes it again on another socket
//	ttrpc client SOCKET IN_FLIGHT SECONDS
//	ttrpc idle SOCKET [SOCKET...]     connects to servers, prints ready and waits
//
// The same work as `calls`: 200 bytes there and back as field 1 of a message, a deadline of 30 s and one entry of
// metadata.
package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"sort"
	"strconv"
	"sync"
	"time"

	"github.com/containerd/ttrpc"
	"github.com/gogo/protobuf/types"
)

const service = "caodiem.conformance.v1.Conformance"
const method = "UnaryCall"

func die(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type handler func(ctx context.Context, request *types.BytesValue) (*types.BytesValue, error)

func serve(socket string, handle handler) {
	server, err := ttrpc.NewServer()
	die(err)
	server.Register(service, map[string]ttrpc.Method{
		method: func(ctx context.Context, unmarshal func(interface{}) error) (interface{}, error) {
			var request types.BytesValue
			if err := unmarshal(&request); err != nil {
				return nil, err
			}
			return handle(ctx, &request)
		},
	})
	listener, err := net.Listen("unix", socket)
	die(err)
	fmt.Println("ready")
	die(server.Serve(context.Background(), listener))
}

func connect(socket string) *ttrpc.Client {
	connection, err := net.Dial("unix", socket)
	die(err)
	return ttrpc.NewClient(connection)
}

func call(client *ttrpc.Client, request *types.BytesValue) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	ctx = ttrpc.WithMetadata(ctx, ttrpc.MD{"campaign": []string{"2026-peak"}})
	var reply types.BytesValue
	if err := client.Call(ctx, service, method, request, &reply); err != nil {
		return err
	}
	if len(reply.Value) != 200 {
		return fmt.Errorf("a reply of %d bytes", len(reply.Value))
	}
	return nil
}

func measure(client *ttrpc.Client, inFlight int, seconds float64) {
	request := &types.BytesValue{Value: make([]byte, 200)}
	begin := time.Now().Add(time.Duration(seconds / 3 * 1e9))
	end := begin.Add(time.Duration(seconds * 1e9))
	times := make([][]int64, inFlight)
	var group sync.WaitGroup
	for i := 0; i < inFlight; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for {
				start := time.Now()
				die(call(client, request))
				now := time.Now()
				if now.After(end) {
					return
				}
				if start.After(begin) {
					times[i] = append(times[i], now.Sub(start).Nanoseconds())
				}
			}
		}(i)
	}
	group.Wait()
	var all []int64
	for _, some := range times {
		all = append(all, some...)
	}
	sort.Slice(all, func(a, b int) bool { return all[a] < all[b] })
	at := func(share float64) float64 { return float64(all[int(float64(len(all))*share)]) / 1000 }
	fmt.Printf(`{"calls": %d, "seconds": %g, "rate": %g, "p50": %g, "p99": %g}`+"\n",
		len(all), seconds, float64(len(all))/seconds, at(0.5), at(0.99))
}

func main() {
	words := os.Args[1:]
	switch {
	case len(words) == 2 && words[0] == "serve":
		serve(words[1], func(_ context.Context, request *types.BytesValue) (*types.BytesValue, error) {
			return request, nil
		})
	case len(words) == 3 && words[0] == "relay":
		client := connect(words[2])
		serve(words[1], func(ctx context.Context, request *types.BytesValue) (*types.BytesValue, error) {
			var reply types.BytesValue
			err := client.Call(ctx, service, method, request, &reply)
			return &reply, err
		})
	case len(words) == 4 && words[0] == "client":
		inFlight, err := strconv.Atoi(words[2])
		die(err)
		seconds, err := strconv.ParseFloat(words[3], 64)
		die(err)
		measure(connect(words[1]), inFlight, seconds)
	case len(words) >= 2 && words[0] == "idle":
		for _, socket := range words[1:] {
			die(call(connect(socket), &types.BytesValue{Value: make([]byte, 200)}))
		}
		fmt.Println("ready")
		select {}
	default:
		fmt.Fprintln(os.Stderr, "see main.go")
		os.Exit(64)
	}
}
