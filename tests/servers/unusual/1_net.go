// Right for lesson 1, and unusual: Go's net package, with one goroutine that accepts and serves.
//
// The runtime waits for the socket in its own poller, and moves the goroutine from one of its threads to
// another as it likes: which thread serves says nothing, how many clients are served at once does.
package main

func main() {
	listener := listenNet(size(1))
	for {
		connection, err := listener.Accept()
		if err == nil {
			serveNet(connection, "main")
		}
	}
}
