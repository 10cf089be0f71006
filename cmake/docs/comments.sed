# Our plain comments as those that doxygen reads: the one in the second line speaks of the whole header.
s,@,\\@,g
1b
2{
s,^/[*] ,/** @file\n,
b
}
s,/[*] ,/** ,
