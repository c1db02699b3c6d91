// Right for lesson 2, and unusual: a goroutine for each connection that is locked to a thread of its own.
//
// The goroutine waits in the runtime's poller, and its thread waits for it, and is used for nothing else;
// since the goroutine ends locked, the runtime ends the thread too.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	listener := listenNet(size(1))
	for number := 1; ; number++ {
		connection, err := listener.Accept()
		if err != nil {
			continue
		}
		go func(who string) {
			runtime.LockOSThread()
			serveNet(connection, who)
		}(fmt.Sprintf("thread-%d", number))
	}
}
