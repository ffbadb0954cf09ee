"""The lines with which mail programs announce quoted history, and those with which they sign. French first."""

import re
from typing import Final

# Attribution lines: « Le lun. 3 mars 2025 à 10:12, Nom <a@b> a écrit : », possibly folded over several lines.
STARTS_ATTRIBUTION: Final = re.compile(
    r"(?i)[>*_ \t]{0,9}(?:le|on|am|el|il|em|op|den|dnia|message du|en date du|quoting|citando)\b"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|.{0,200}<[^<>\s]{1,100}@[^<>\s]{1,100}>"
)
ATTRIBUTION: Final = re.compile(
    r"(?is)(?=.{0,600}?(?:\d|@))(?:.{1,600}?)"
    r"(?:a[ \u00a0]?(?:é|e\u0301|e|\?|=E9)crit|wrote|writes|schrieb|escribi[óo]|ha scritto|escreveu|schreef|skrev"
    r"|napisał|schrieb\b.{1,200}:)"
    r"(?:\(e\))?[\s\u00a0\u202f]{0,3}:?[*_ ]{0,3}"
)
_ENDS_ATTRIBUTION: Final = re.compile(
    r"(?i)(?:crit|wrote|writes|schrieb|escribi[óo]|ha scritto|escreveu|schreef|skrev|napisał)"
    r"(?:\(e\))?[\s\u00a0\u202f:*_]{0,6}\Z"
)
SEPARATOR: Final = re.compile(
    r"(?i)[*_> ]{0,6}[-_=]{2,30}\s?(?:message d['’]origine|message original|message initial|original message"
    r"|message précédent|mail original|mail d['’]origine|e-mail d['’]origine|réponse au message"
    r"|ursprüngliche nachricht|mensaje original|messaggio originale|replied message)\s?[-_=]{0,30}[*_ ]{0,3}"
)
REPLY_LINE: Final = re.compile(
    r"(?i).{0,20}(?:répondez|repondez|merci de répondre|veuillez répondre|reply|please reply|type your reply)"
    r"\s.{0,20}(?:au-dessus de|above) (?:cette|this) (?:ligne|line).{0,20}"
)
# A forward is what the sender wants read: never folded.
FORWARD: Final = re.compile(
    r"(?i)[*_> ]{0,6}(?:[-_=]{2,30}\s?(?:message transféré|message transmis|forwarded message|mail transféré"
    r"|message réexpédié|weitergeleitete nachricht)\s?[-_=]{0,30}"
    r"|début du message (?:transféré|réexpédié) ?:|begin forwarded message ?:)[*_ ]{0,3}"
)
RULE: Final = re.compile(r"[_\-=]{10,200}")

# The header block that Outlook, Orange or a phone puts above history: who, when, what, in any order.
BLOCK_WHO: Final = re.compile(
    r"(?i)[>*_ ]{0,6}(?:de|from|von|da|expéditeur)[*_ ]{0,3}[\s\u00a0\u202f]?:[*_ ]{0,3}\s?\S.{0,300}"
)
BLOCK_WHEN: Final = re.compile(
    r"(?i)[>*_ ]{0,6}(?:(?:envoyé|envoyé le|date|date d['’]envoi|sent|gesendet)[*_ ]{0,3}[\s\u00a0\u202f]?:"
    r"|message du\b).{0,100}\d.{0,100}"
)
BLOCK_WHAT: Final = re.compile(r"(?i)[>*_ ]{0,6}(?:objet|sujet|subject|betreff)[*_ ]{0,3}[\s\u00a0\u202f]?:.{0,500}")

SIGNATURE: Final = re.compile(r"--\s?")
APP_SIGNATURE: Final = re.compile(
    r"(?i)[*_<\[( ]{0,4}(?:(?:envoyé|sent|expédié|gesendet|enviado|inviato)"
    r" (?:de|depuis|à partir|avec|via|par|from|with|von|desde|da)\b(?! chez| la part| l['’]a(?!pp)).{0,120}"
    r"|(?:get|obtenir|téléchargez|télécharger) outlook (?:for|pour)\b.{0,160}"
    r"|(?:provenance|sent from) ?: (?:courrier|mail) (?:pour|for) windows.{0,60}"
    r"|(?:garanti )?sans virus\.?\s?.{0,80}avast.{0,80}|virus-free\..{0,80}|.{0,40}avast\.com.{0,80}"
    r"|l['’]absence de virus dans ce courrier.{0,120})"
)
_APPS: Final = re.compile(
    r"(?i)iphone|ipad|android|samsung|galaxy|huawei|xiaomi|redmi|appareil|device|téléphone|mobile|smartphone|portable"
    r"|outlook|yahoo|gmail|proton|orange|free|laposte|sfr|bouygues|application|app |mail|courrier|windows|avast|virus"
    r"|bluemail"
)
DISCLAIMER: Final = re.compile(
    r"(?i)[*_ ]{0,3}(?:(?:ce message|ce courriel|cet e-?mail|le présent message|this (?:e-?mail|message)|ce mail)\b"
    r".{0,120}(?:confidenti|exclusi|intended|destin)|(?:n['’]imprimez|pensez à l['’]environnement|avant d['’]imprimer"
    r"|please consider the environment|avis de confidentialité|confidentiality notice).{0,200}).*"
)


def ends_attribution(line: str) -> bool:
    """Tell cheaply whether the line may end an attribution; German puts its verb before the name."""
    return _ENDS_ATTRIBUTION.search(line[-30:]) is not None or (line.endswith(":") and " schrieb " in line)


def is_app_signature(line: str) -> bool:
    """Tell whether the line is a program's advertisement for itself."""
    return bool(APP_SIGNATURE.fullmatch(line) and _APPS.search(line))
