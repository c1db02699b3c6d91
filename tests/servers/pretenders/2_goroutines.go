// Pretends to be lesson 2. Wrong: a goroutine for each connection is not a thread for each connection.
//
// The code reads like the model, and what a client meets is the same. But the runtime waits for all sockets
// with one poller, and has a few threads on which whichever goroutine is ready runs next: a thousand idle
// clients cost memory and no thread. What the lesson claims of threads is not so.
//
// Loses: 2.C1 2.C2 2.C3
package main

import "fmt"

func main() {
	listener := listenNet(size(1))
	for number := 1; ; number++ {
		connection, err := listener.Accept()
		if err == nil {
			go serveNet(connection, fmt.Sprintf("thread-%d", number))
		}
	}
}
