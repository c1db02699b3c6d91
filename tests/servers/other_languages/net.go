// Connections by way of the net package: the runtime waits for them with a poller of its own.
package main

import (
	"fmt"
	"net"
)

func listenNet(port int) net.Listener {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	must(err)
	return listener
}

// serveNet serves one connection from its first request to its end.
func serveNet(connection net.Conn, who string) {
	defer connection.Close()
	var data []byte
	chunk := make([]byte, 65536)
	for {
		count, err := connection.Read(chunk)
		if err != nil {
			return
		}
		replies, rest, ends := answerAll(append(data, chunk[:count]...), who)
		data = append([]byte(nil), rest...)
		if _, err := connection.Write(replies); err != nil || ends {
			return
		}
	}
}
