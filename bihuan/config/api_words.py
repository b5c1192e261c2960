"""The sentences of the API's description."""

from __future__ import annotations

ABOUT = (
    "台账、登记、办理、文件和指标，和页面一样的规则、一样的理由。"
    "请求头写 `Authorization: Bearer 令牌`，令牌在“访问令牌”页开：看到的和本人一样，能办的不超过令牌的范围。"
    "办不成的回答都是同一种样子：code、reason、todo、field、fields。"
    "403 不能办并说明原因，404 没有或看不到，409 已被他人处理，422 内容不对。"
    "改动请带 Idempotency-Key：断线后用同一个键再发，只办一次，得到同样的回答。"
)
STATUS_WORDS = {
    "200": "办成了",
    "201": "已登记",
    "400": "请求读不懂",
    "401": "没有令牌，或令牌失效",
    "403": "能看到，但不能办，写明原因和怎么办",
    "404": "没有，或不在能看的范围里",
    "409": "已被他人处理",
    "422": "内容不对，逐个字段说明；或同一个键用在了不同的内容上",
    "429": "错的令牌试得太多",
}
RETRY_AFTER = {"description": "多少秒以后再试", "schema": {"type": "string"}}
IDEMPOTENT = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 8, "maxLength": 80, "pattern": "^[!-~]{8,80}$"},
    "description": "这一次改动的键，例如一个 UUID；断线重发时用同一个键",
}
