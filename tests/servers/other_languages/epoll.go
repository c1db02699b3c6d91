// Event loops over epoll itself, without the runtime's poller: a loop and its goroutine keep one thread.
package main

import (
	"fmt"
	"os"
	"syscall"
)

type client struct {
	fd           int
	data, unsent []byte
	ends         bool
}

// loop waits for its sockets. listener is -1 for a loop that is given its clients.
type loop struct {
	epoll, listener int
	who             string
	clients         map[int]*client
	// requests does what is to be done when bytes have come; default: answers them.
	requests func(*client)
	// written, when there is one, is called instead of waiting for more bytes when all is written.
	written func(*client)
	// onBell is called when the descriptor bell can be read.
	bell   int
	onBell func()
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func listenRaw(port, backlog int) int {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	must(err)
	must(syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1))
	must(syscall.Bind(fd, &syscall.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}))
	must(syscall.Listen(fd, backlog))
	return fd
}

func newLoop(listener int, who string) *loop {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	must(err)
	l := &loop{epoll: epoll, listener: listener, who: who, clients: map[int]*client{}, bell: -1}
	l.requests = l.answer
	if listener >= 0 {
		must(syscall.SetNonblock(listener, true))
		l.watch(syscall.EPOLL_CTL_ADD, listener, syscall.EPOLLIN)
	}
	return l
}

func (l *loop) watch(how, fd int, events uint32) {
	event := syscall.EpollEvent{Events: events, Fd: int32(fd)}
	syscall.EpollCtl(l.epoll, how, fd, &event)
}

// add may be called by any thread; the client is then the loop's.
func (l *loop) add(fd int) {
	syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
	syscall.SetNonblock(fd, true)
	l.watch(syscall.EPOLL_CTL_ADD, fd, syscall.EPOLLIN)
}

func (l *loop) run() {
	ready := make([]syscall.EpollEvent, 64)
	for {
		count, _ := syscall.EpollWait(l.epoll, ready, -1)
		for i := 0; i < count; i++ {
			switch fd := int(ready[i].Fd); {
			case fd == l.listener:
				if connfd, _, err := syscall.Accept4(fd, syscall.SOCK_CLOEXEC); err == nil {
					l.add(connfd)
				}
			case fd == l.bell:
				l.onBell()
			default:
				l.onReady(fd, ready[i].Events)
			}
		}
	}
}

func (l *loop) onReady(fd int, events uint32) {
	c := l.clients[fd]
	if c == nil {
		c = &client{fd: fd}
		l.clients[fd] = c
	}
	if events&syscall.EPOLLIN == 0 && events&syscall.EPOLLOUT == 0 {
		l.drop(c)
		return
	}
	if events&syscall.EPOLLIN != 0 {
		chunk := make([]byte, 65536)
		count, err := syscall.Read(fd, chunk)
		if count <= 0 {
			if err != syscall.EAGAIN {
				l.drop(c)
			}
			return
		}
		c.data = append(c.data, chunk[:count]...)
		l.requests(c)
		return
	}
	l.write(c)
}

func (l *loop) answer(c *client) {
	replies, rest, ends := answerAll(c.data, l.who)
	c.unsent, c.data, c.ends = append(c.unsent, replies...), append([]byte(nil), rest...), ends
	l.write(c)
}

// write writes what the kernel takes, and waits for room or for the next bytes.
func (l *loop) write(c *client) {
	events := uint32(syscall.EPOLLIN)
	for len(c.unsent) > 0 && events == syscall.EPOLLIN {
		count, err := syscall.Write(c.fd, c.unsent)
		switch {
		case err == syscall.EAGAIN:
			events = syscall.EPOLLOUT
		case err != nil:
			l.drop(c)
			return
		default:
			c.unsent = c.unsent[count:]
		}
	}
	if c.ends && len(c.unsent) == 0 {
		l.drop(c)
		return
	}
	l.watch(syscall.EPOLL_CTL_MOD, c.fd, events)
	if events == syscall.EPOLLIN && l.written != nil && len(c.data) > 0 {
		l.written(c)
	}
}

func (l *loop) drop(c *client) {
	delete(l.clients, c.fd)
	syscall.Close(c.fd)
}
