// An event loop that gives requests to workers, each a goroutine that keeps its thread.
package main

import (
	"bytes"
	"runtime"
	"syscall"
)

const mostJobs = 1 << 16

// job is one request, and then its reply.
type job struct {
	c     *client
	words [][]byte
	reply []byte
}

// pool brings replies back to the loop: a byte in the pipe for each that is done.
type pool struct {
	done chan *job
	pipe [2]int
}

func newPool() *pool {
	p := &pool{done: make(chan *job, mostJobs)}
	must(syscall.Pipe2(p.pipe[:], syscall.O_CLOEXEC))
	return p
}

// start returns when the worker has its thread.
func (p *pool) start(jobs <-chan *job, who string) {
	started := make(chan bool)
	go func() {
		runtime.LockOSThread()
		close(started)
		for j := range jobs {
			j.reply = run(j.words, who)
			p.done <- j
			syscall.Write(p.pipe[1], []byte{1})
		}
	}()
	<-started
}

// serve runs the loop. give is given one request of a client at a time; meanwhile the client is not watched.
func (p *pool) serve(listener int, give func(*job)) {
	l := newLoop(listener, "main")
	l.bell = p.pipe[0]
	l.watch(syscall.EPOLL_CTL_ADD, l.bell, syscall.EPOLLIN)
	l.requests = func(c *client) {
		words, rest, whole, err := take(c.data)
		if err != nil {
			c.unsent, c.ends = []byte("-ERR Protocol error: "+err.Error()+"\r\n"), true
			l.write(c)
		} else if whole {
			c.data = append([]byte(nil), rest...)
			l.watch(syscall.EPOLL_CTL_DEL, c.fd, 0)
			give(&job{c: c, words: words})
		}
	}
	l.written = l.requests
	l.onBell = func() {
		syscall.Read(l.bell, make([]byte, 1))
		j := <-p.done
		j.c.unsent = append(j.c.unsent, j.reply...)
		j.c.ends = len(j.words) == 1 && string(bytes.ToUpper(j.words[0])) == "QUIT"
		l.watch(syscall.EPOLL_CTL_ADD, j.c.fd, syscall.EPOLLIN)
		l.write(j.c)
	}
	l.run()
}
