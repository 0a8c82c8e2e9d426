"""Closed lists: offices, titles, and capitalised words that are no part of a name."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Return words, separated by spaces, as a set."""
    return frozenset(words.split())


#: Offices of a state that one person holds at a time, as the words that name them, and how the office is called.
OFFICES = {
    tuple(words.split()): name
    for words, name in {
        "president": "president",
        "vice president": "vice president",
        "vice-president": "vice president",
        "prime minister": "prime minister",
        "premier": "prime minister",
        "chancellor": "chancellor",
        "supreme leader": "supreme leader",
        "king": "king",
        "queen": "queen",
        "emir": "emir",
        "sultan": "sultan",
        "crown prince": "crown prince",
        "foreign minister": "foreign minister",
        "minister of foreign affairs": "foreign minister",
        "defense minister": "defence minister",
        "defence minister": "defence minister",
        "minister of defense": "defence minister",
        "minister of defence": "defence minister",
        "finance minister": "finance minister",
        "interior minister": "interior minister",
        "energy minister": "energy minister",
        "economy minister": "economy minister",
        "justice minister": "justice minister",
        "secretary of state": "secretary of state",
        "secretary of defense": "secretary of defence",
        "defense secretary": "secretary of defence",
        "foreign secretary": "foreign secretary",
        "attorney general": "attorney general",
    }.items()
}
#: Heads of a role or title before a name: whoever follows is a person.
HEADS = word_set(
    "president minister premier chancellor leader king queen emir sultan sheikh prince princess duke secretary speaker"
    " ambassador envoy spokesman spokeswoman spokesperson general admiral colonel major captain lieutenant sergeant"
    " brigadier commander marshal chief director chairman chairwoman chair chairperson senator governor mayor"
    " congressman congresswoman representative lawmaker deputy judge justice attorney prosecutor professor doctor"
    " ayatollah imam rabbi pope bishop archbishop cardinal reverend father analyst economist historian journalist"
    " reporter correspondent author activist scholar researcher expert adviser advisor aide official candidate"
    " founder ceo coach mr mrs ms mx miss dr prof sen rep gov gen lt col sgt capt adm sir dame lord lady"
)
#: Nouns for one person that may open a sentence before a name, with a capital from there. Those are left out that are
#: first names ("Mason", "Hunter") or often stand before a thing ("Student Loans", "Consumer Price Index").
ROLES = word_set(
    "councillor councilor councilman councilwoman alderman commissioner inspector superintendent constable detective"
    " sheriff corporal coroner pastor priest vicar chaplain nun monk headteacher headmaster headmistress lecturer"
    " farmer fisherman shopkeeper shopper butcher baker grocer plumber electrician carpenter gardener postman"
    " nurse midwife paramedic surgeon physician paediatrician pediatrician pharmacist dentist psychiatrist psychologist"
    " firefighter policeman policewoman soldier lifeguard lawyer barrister solicitor magistrate"
    " scientist biologist chemist physicist geologist zoologist ecologist sociologist anthropologist archaeologist"
    " astronomer epidemiologist virologist meteorologist seismologist demographer statistician philosopher theologian"
    " engineer architect entrepreneur businessman businesswoman banker strategist pollster lobbyist campaigner"
    " columnist commentator photographer filmmaker playwright novelist poet singer songwriter musician comedian actor"
    " actress dancer choreographer sculptor athlete swimmer boxer cyclist goalkeeper midfielder striker"
    " resident villager neighbour neighbor pensioner passer-by bystander onlooker eyewitness survivor protester"
    " demonstrator dissident widow widower"
)
#: Words that may stand between or before heads: "Deputy Prime Minister", "Acting Foreign Minister".
MODIFIERS = word_set(
    "prime foreign defense defence interior finance energy economy trade culture education health agriculture"
    " environment transport justice labor labour industry oil intelligence security deputy vice first second acting"
    " supreme crown senior chief national press attorney secretary lieutenant brigadier major rear army navy police"
    " executive managing general opposition party former ex late then interim grand special affairs of"
)
#: An office with one of these before it is not, or not certainly, the one held now.
NOT_NOW = word_set(
    "former then ex late previous past next future deputy acting interim elect would-be onetime"
    " incoming outgoing ousted deposed exiled slain"
)
#: Lower-case words inside names: "Mohammed bin Salman", "Ursula von der Leyen".
PARTICLES = word_set("bin ibn bint al el de da di del dos du la le van von der den ten ter ben abu")
#: Capitalised by rule, part of no name: days, months, points of the compass, "I".
NO_NAME = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur"
    " thurs fri sat sun north south east west northern southern eastern western central i i'm i've i'd i'll ii iii iv"
    " ad bc god est gmt utc am pm a.m. p.m. no vol"
)
#: Words that end the names of things rather than of persons.
THINGS = word_set(
    "agency alliance army assembly association authority bank battalion bay board bridge brigade bureau center centre"
    " channel church city club commission committee community company conference congress convention corporation corps"
    " council county court day department district east embassy empire federation field force forces forum foundation"
    " front fund group guard gulf hall hospital house institute island islands initiative international journal lake"
    " law league library ministry mission mosque mount mountain mountains movement museum nations network news north"
    " office organisation organization pact park parliament party peninsula plan plaza police post press prize program"
    " programme project province republic review river road route sea sector senate service society south square state"
    " states street strip studies summit territory times tower treaty tribunal union united university valley war"
    " week west world year agreement accord act airport airlines building crisis deal era office operation"
)
#: Names of states that are as often those of persons or of other places: more is needed to be certain.
AMBIGUOUS = word_set("georgia jordan chad")
#: Abbreviations that are also words: nothing tells them apart where all is written in capitals.
ALSO_WORDS = word_set("us who is it am au un ap so as to")
#: States whose name takes the article.
WITH_ARTICLE = ("United", "Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Czech", "Dominican Republic")
#: Words that often open a sentence before a name, and are no name; so do those that end in -ing, -ed or -ly.
OPENERS = word_set(
    "about above according across after again against ago along also although amid among and another around as at"
    " because before behind below beneath beside besides between beyond both but by can despite during each earlier"
    " either elsewhere even every except few first for from given had has have here how however if in including inside"
    " instead into is its last later like likewise many may maybe meanwhile more moreover most much near neither never"
    " nevertheless next no nonetheless nor not now of off often on once one only onto or other others our out outside"
    " over past per perhaps plus second several shall should since so some soon still such than thanks that the then"
    " there therefore these they third this those though three through throughout thus to today together tomorrow"
    " tonight too toward towards two under unlike until unto up upon versus via was were what whatever when whenever"
    " where whereas wherever whether which while who whom whose why will with within without would yes yesterday yet"
)
_ENDINGS = ("ing", "ed", "ly")


def opens_sentences(term: str) -> bool:
    """Whether a word that stands first in a sentence is likely no name."""
    return term in OPENERS or term in ROLES or term.endswith(_ENDINGS)
