"""What the record says to people."""

#: (what is wrong, what to do)
BAD_KEY = ("去重键 Idempotency-Key 写法不对", "用 8 到 80 个字母、数字或符号，不含空格；一件事一个键")
KEY_USED = ("这个去重键已经用在另一件事上", "换一个新的键再发；同一件事重发才用原来的键")
SHOWN_ONCE = (
    "这一件已经办过了，上面的口令、令牌或密钥只显示一次，不再给出",
    "没有记下来的，作废它，换一个新的去重键另办一次",
)
