// The bytes of the protocol for servers in Go: requests in, and sizes from the command line.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
)

const mostLine, mostBulk, mostWords = 64 * 1024, 512 * 1024, 64

// number is the whole number that the bytes are, from 0 to most; ok is false when they are none of these.
func number(text []byte, most int) (value int, ok bool) {
	value, err := strconv.Atoi(string(text))
	return value, err == nil && value >= 0 && value <= most && strconv.Itoa(value) == string(text)
}

func header(line []byte, mark byte, most int, what string) (int, error) {
	if line[0] == mark {
		if value, ok := number(bytes.TrimSpace(line[1:]), most); ok {
			return value, nil
		}
	}
	return 0, errors.New(what)
}

// take takes the first request: its words, and what is behind it. With whole false it has not come whole.
func take(data []byte) (words [][]byte, rest []byte, whole bool, err error) {
	end := bytes.IndexByte(data, '\n') + 1
	if end == 0 {
		if len(data) > mostLine {
			err = errors.New("too big inline request")
		}
		return nil, data, false, err
	}
	if data[0] != '*' {
		return bytes.Fields(data[:end]), data[end:], true, nil
	}
	count, err := header(data[:end], '*', mostWords, "invalid multibulk length")
	at := end
	for ; err == nil && count > 0; count-- {
		from := at + bytes.IndexByte(data[at:], '\n') + 1
		if from == at {
			return nil, data, false, nil
		}
		var length int
		if length, err = header(data[at:from], '$', mostBulk, "invalid bulk length"); err != nil {
			break
		}
		if len(data) < from+length+2 {
			return nil, data, false, nil
		}
		words = append(words, data[from:from+length])
		at = from + length + 2
	}
	return words, data[at:], err == nil, err
}

// size is a number from the command line, which ends the program when it is none.
func size(argument int) int {
	value, err := strconv.Atoi(os.Args[argument])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	return value
}
