// Right for lesson 7, and unusual: a goroutine for each event that is locked to a thread and ends locked,
// so that the runtime ends the thread with it.
package main

import (
	"fmt"
	"runtime"
	"syscall"
)

// serve is one event: it reads, works and writes what the watcher has found ready.
func serve(l *loop, c *client, who string) {
	runtime.LockOSThread()
	chunk := make([]byte, 65536)
	count, err := syscall.Read(c.fd, chunk)
	if err != nil || count <= 0 {
		syscall.Close(c.fd)
		return
	}
	replies, rest, ends := answerAll(append(c.data, chunk[:count]...), who)
	c.data = append([]byte(nil), rest...)
	for len(replies) > 0 {
		written, err := syscall.Write(c.fd, replies)
		if ends = ends || err != nil; err != nil {
			break
		}
		replies = replies[written:]
	}
	if ends {
		syscall.Close(c.fd)
		return
	}
	l.watch(syscall.EPOLL_CTL_MOD, c.fd, syscall.EPOLLIN|syscall.EPOLLONESHOT)
}

func watcher(l *loop, clients []*client, who string) {
	runtime.LockOSThread()
	ready := make([]syscall.EpollEvent, 64)
	for number := 1; ; {
		count, _ := syscall.EpollWait(l.epoll, ready, -1)
		for i := 0; i < count; i++ {
			go serve(l, clients[ready[i].Fd], fmt.Sprintf("%s-event-%d", who, number))
			number++
		}
	}
}

func main() {
	runtime.LockOSThread()
	// By descriptor: the main thread writes a place before the client is watched.
	clients := make([]*client, 1<<16)
	watchers := make([]*loop, size(2))
	for i := range watchers {
		watchers[i] = newLoop(-1, "watcher")
		go watcher(watchers[i], clients, fmt.Sprintf("watch-%d", i+1))
	}
	listener := listenRaw(size(1), 511)
	for next := 0; ; {
		connfd, _, err := syscall.Accept4(listener, syscall.SOCK_CLOEXEC)
		if err != nil || connfd >= len(clients) {
			continue
		}
		clients[connfd] = &client{fd: connfd}
		watchers[next%len(watchers)].watch(syscall.EPOLL_CTL_ADD, connfd, syscall.EPOLLIN|syscall.EPOLLONESHOT)
		next++
	}
}
