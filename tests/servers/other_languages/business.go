// The business for servers in Go: what each command does.
package main

import (
	"bytes"
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

const mostSleepMs, mostFib = 60000, 45

// How many words each command may have, its name among them.
var wordsOf = map[string][2]int{
	"PING": {1, 2}, "ECHO": {2, 2}, "SLEEP": {2, 2}, "FIB": {2, 2}, "WHO": {1, 1}, "INFO": {1, 2}, "QUIT": {1, 1},
}

var commands int64

// What SLEEP and FIB do; a server that pretends puts something else here.
var doSleep = func(ms int) { time.Sleep(time.Duration(ms) * time.Millisecond) }
var doFib = fib

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func bulk(text []byte) []byte { return []byte(fmt.Sprintf("$%d\r\n%s\r\n", len(text), text)) }

// run does one request's business, which may block, and returns the reply. who is what WHO says.
func run(words [][]byte, who string) []byte {
	if len(words) == 0 {
		return nil
	}
	atomic.AddInt64(&commands, 1)
	name := string(bytes.ToUpper(words[0]))
	bounds, known := wordsOf[name]
	if !known {
		return []byte(fmt.Sprintf("-ERR unknown command '%.128s'\r\n", words[0]))
	}
	if len(words) < bounds[0] || len(words) > bounds[1] {
		return []byte(fmt.Sprintf("-ERR wrong number of arguments for '%s' command\r\n", bytes.ToLower(words[0])))
	}
	switch name {
	case "PING", "ECHO":
		if len(words) == 1 {
			return []byte("+PONG\r\n")
		}
		return bulk(words[1])
	case "WHO":
		return bulk([]byte(who))
	case "INFO":
		return bulk([]byte(fmt.Sprintf("pid:%d\r\ntotal_commands:%d\r\n", os.Getpid(), atomic.LoadInt64(&commands))))
	case "QUIT":
		return []byte("+OK\r\n")
	}
	most := mostSleepMs
	if name == "FIB" {
		most = mostFib
	}
	value, ok := number(words[1], most)
	if !ok {
		return []byte("-ERR value is not an integer or out of range\r\n")
	}
	if name == "FIB" {
		return []byte(fmt.Sprintf(":%d\r\n", doFib(value)))
	}
	doSleep(value)
	return []byte("+OK\r\n")
}

// answerAll answers every request that has come whole: replies, what is left, and whether to close then.
func answerAll(data []byte, who string) (replies, rest []byte, ends bool) {
	for {
		words, behind, whole, err := take(data)
		if err != nil {
			return append(replies, "-ERR Protocol error: "+err.Error()+"\r\n"...), nil, true
		}
		if !whole {
			return replies, data, false
		}
		data = behind
		replies = append(replies, run(words, who)...)
		if len(words) == 1 && string(bytes.ToUpper(words[0])) == "QUIT" {
			return replies, nil, true
		}
	}
}
