"""What counts as a document, where its name begins and ends, and what the text says of it."""

from __future__ import annotations

import pytest

from communique.components.documents import Document
from communique.tokens import Mention, Tokens, tokens_of
from finding import PUBLISHED, pipeline

HEAD = "News of the Lake Forum\n\n15 May 2024\n\n"


def read(text: str, head: str = HEAD) -> Tokens:
    nlp = pipeline("layout", "states", "dates", "organizations", "documents")
    doc = nlp.make_doc(head + text)
    doc._context = {"published": PUBLISHED}
    for _, component in nlp.pipeline:
        doc = component(doc)
    return tokens_of(doc)


def mentions(text: str, head: str = HEAD) -> list[tuple[str, Mention]]:
    tokens = read(text, head)
    return [(tokens.join(m.start, m.end), m) for m in tokens.found["document"]]


def names(text: str, head: str = HEAD) -> list[str]:
    return [name for name, _ in mentions(text, head)]


def only(text: str) -> Document:
    (found,) = mentions(text)
    told = found[1].data
    assert isinstance(told, Document)
    return told


@pytest.mark.parametrize(
    "text",
    [
        "They signed the [Agreement on Joint Patrols for 2025–2027 between Kenya and Uganda].",
        "They signed the [Agreement on Joint Patrols] on 14 May 2024.",
        "They adopted the [Entebbe Declaration] and the [Lake Strategy 2030].",
        "The [Memorandum of 5 December 1994] was violated.",
        "They praised the [1971 Treaty of Peace, Friendship and Cooperation between Kenya and Uganda].",
        "They recalled the [Second Optional Protocol to the Harrow Convention].",
        "The [Kenyan-Ugandan Treaty on Friendship, Good-Neighbourliness and Cooperation] is the basis.",
        "The ministers reviewed the [Action Plan for 2023-2025].",
        "The [Basin Strategy 2021-2030] guides the work.",
        "They support the [Harbour Work Plan IV (2021-2025)].",
        "They support the [Harbour Master Plan on Lake Ports (HMP) 2030].",
        "They noted the [ASEAN Agreement on E-commerce].",
        "The [Treaty of San Marco concerning illicit lake trade] remains in force.",
        "They support the [Lake Trade and Investment Framework Agreement].",
        "They noted the [President's Plan for Boats and Ferries] and the [Leaders' Statement on Boats].",
        "Under the [Status of Forces Agreement between Kenya and Uganda] boats may land.",
        "The [Agreement between the Government of Kenya and the Government of Uganda on Mutual Visa Exemption] is new.",
        "They stand by [UN Security Council Resolution 1234 (2015)].",
        'The [State Programme for Rural Roads "Bereket"] goes on.',
        "The Harrow Order of the 2nd degree was conferred on her.",
        "They signed a [memorandum of understanding on spare cable] before the summer of 2031.",
        "They had signed contracts of their own and an agreement of 9 billion francs.",
        "The [Power Purchase Agreement for the Harrow project] was signed by Kenya and Uganda.",
        "They adopted a [Joint Declaration] and spoke of the Joint Declaration.",
        "They stand by [UN General Assembly Resolution ES-11/1] and [UNSCR 1235].",
        "They stand by [Security Council resolutions 1234 and 1235].",
        "The President signed [Decree No. 45 of 12 March 2024 on ports].",
        "Aid was cut under [Decree No. 7 dated 4 May 2021].",
        "Tariffs follow the [Announcement of the Harbour Tariff Commission No. 4 of 2025].",
        "The [1982 United Nations Convention on the Law of the Sea] and the [Paris agreement] bind all.",
        "They signed the [Statement of the Harrow Council in connection with the 30th anniversary of the Lake Treaty].",
        "They praised the [Harrow accords].",
        "They extended the [1998 agreement on air traffic].",
        "He thanked the sponsors of [resolution 1234 of the UN Security Council].",
        "They signed an [Agreement on the Care of Boats and the Prevention of Fires with respect to Ferries].",
        "[Intergovernmental agreements on the building of a bridge and on customs] were signed.",
        "Recalling [UN Security Council Resolution 1234], they noted [Resolution A/RES/77/12].",
        'The Assembly passed [Law No. 112-VIII "On Ports"] on 3 May.',
        "They praised the [Plan of Action (POA) to Implement the Lake Partnership].",
        "They signed a [memorandum between Kenya and Uganda in the field of medicine].",
        'They praised the ["Green Lake" programme] and the [Programme "Clean Water"].',
    ],
)
def test_names_run_to_the_end_of_their_subject(text: str) -> None:
    expected = [part.split("]")[0] for part in text.split("[")[1:]]
    assert names(text.replace("[", "").replace("]", "")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "This Joint Statement is final, and so is the Agreement. The document sets out a plan.",
        "They respect international law and UN Security Council resolutions.",
        "The Sustainable Development Goals and Article 5 matter.",
        "A nuclear program, a scholarship program and a business plan were debated.",
        "The Charter Committee and the Protocol Department met.",
        "He will report on the implementation of the plan. They plan to meet.",
        "Diplomatic agreements on ferries are useful. A treaty on boats would help.",
        "The parties did not sign the protocol on tariffs.",
        "They supported the peaceful resolution of conflicts and an action plan on ports.",
        "The commercial contracts signed concern boats.",
        "They are developing a strategy for small ports.",
    ],
)
def test_what_only_looks_like_a_document_is_none(text: str) -> None:
    assert names(text) == []


def test_the_texts_name_for_itself_is_none() -> None:
    assert names("We met.", "Joint Statement of the Lake Leaders on Boats\n\n15 May 2024\n\n") == []
    assert names("We met.", "Kenya, Uganda Sign Agreement on Boats\n\n15 May 2024\n\n") == ["Agreement on Boats"]


def test_a_text_in_capitals_gives_known_names_only() -> None:
    assert names("THE OBJECTIVES OF THE ACCORD ARE PURSUED BY ALL MEANS AND " * 5 + "THE PARIS AGREEMENT.") == [
        "PARIS AGREEMENT"
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kenya and Uganda signed an agreement on fisheries.", "signed"),
        ("An agreement on fisheries was signed.", "signed"),
        ("An agreement on fisheries has been adopted.", "adopted"),
        ("An agreement on fisheries will be signed.", "proposed"),
        ("An agreement on fisheries is expected to be signed.", "proposed"),
        ("An agreement on fisheries, signed today, will help.", "signed"),
        ("The sides initialled in Lusaka an agreement on fisheries.", "signed"),
        ("They agreed to conclude an agreement on fisheries.", "proposed"),
        ("They agreed to negotiate a treaty on extradition.", "proposed"),
        ("They agreed on a treaty on extradition.", "adopted"),
        ("They witnessed the signing of a memorandum of understanding on water.", "signed"),
        ("They called for the early conclusion of a treaty on water.", "proposed"),
        ("The parliament ratified the Lake Treaty on Ports.", "adopted"),
        ("They extended the Lake Treaty on Ports.", "amended"),
        ("They agreed to extend the Lake Treaty on Ports.", "amended"),
        ("They signed a protocol amending the Lake Treaty on Ports.", "signed"),
        ("Kenya withdrew from the Lake Treaty on Ports.", "terminated"),
        ("They did not sign the Lake Treaty on Ports.", "mentioned"),
        ("They praised the Lake Treaty on Ports.", "mentioned"),
        ("In 1998 the two states signed the Lake Treaty on Ports.", "mentioned"),
        ("The Lake Treaty on Ports was signed on 4 May 1998.", "mentioned"),
        ("After signing the Lake Treaty on Ports, the ministers left.", "signed"),
        ("We hereby adopt the Lake Treaty on Ports.", "adopted"),
        ("Kenya and Uganda entered into a memorandum of understanding (MOU) for help to fishermen.", "signed"),
        ("They signed a $300 million loan agreement with Kenya.", "signed"),
        ("They called for the adoption of a UN Security Council resolution on boats.", "proposed"),
        ("The Council repealed Regulation No. 44/2001.", "terminated"),
        ("Both sides exchanged the instruments of ratification of the Lake Treaty on Ports.", "adopted"),
        ("They supported the speedy conclusion of a Comprehensive Convention on Boats.", "proposed"),
    ],
)
def test_status_is_what_the_clause_says(text: str, status: str) -> None:
    assert only(text).status == status


@pytest.mark.parametrize(
    "text",
    [
        "The sides signed a treaty on boats, a protocol on ports and the Agreement on Seeds.",
        "A treaty on boats, a protocol on ports and the Agreement on Seeds were signed.",
        "The documents signed include a treaty on boats; a protocol on ports; and the Agreement on Seeds.",
        "The sides signed a package of documents. They include a treaty on boats, a protocol on ports, "
        "as well as the Agreement on Seeds.",
        "They witnessed the signing of these papers: a treaty on boats; a protocol on ports; the Agreement on Seeds.",
        "They signed several documents, such as a treaty on boats, a protocol on ports and the Agreement on Seeds.",
        "The following papers were signed:\n\n- a treaty on boats;\n- a protocol on ports;\n- the Agreement on Seeds.",
    ],
)
def test_a_list_has_the_act_of_its_verb(text: str) -> None:
    found = mentions(text)
    assert [name for name, _ in found] == ["treaty on boats", "protocol on ports", "Agreement on Seeds"]
    assert [m.data.status for _, m in found] == ["signed"] * 3


@pytest.mark.parametrize(
    ("text", "date", "period"),
    [
        ("They praised the 1971 Treaty on Boats.", "1971", None),
        ("They praised the Memorandum of 5 December 1994.", "1994-12-05", None),
        ("They praised the 1982 Lake Convention on the Law of the Lakes.", "1982", None),
        ("They praised the Framework Agreement of 4 May 2011 on trade.", "2011-05-04", None),
        ("They praised the Protocol amending the Convention of 1990.", None, None),
        ("They praised the 23 October 2020 ceasefire agreement.", "2020-10-23", None),
        ("They praised Decree No. 7 dated 4 May 2021.", "2021-05-04", None),
        ("They praised the Treaty on Boats signed in Lusaka in 1998.", "1998", None),
        ("They signed on 14 May 2024 the Treaty on Boats.", "2024-05-14", None),
        ("They signed a Programme of Exchanges for 2025–2027.", None, "2025/2027"),
        ("They adopted the roadmap for trade until 2030.", None, "../2030"),
        ("They praised the Harbour Work Plan 2021–2025.", None, "2021/2025"),
        ("They praised the 2050 Strategy for the Lakes.", None, None),
    ],
)
def test_dates_and_periods(text: str, date: str | None, period: str | None) -> None:
    told = only(text)
    assert (told.date, told.period) == (date, period)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("They praised the Treaty on Boats between Kenya and Uganda.", ("KEN", "UGA")),
        ("They praised the Kenya-Uganda Treaty on Boats.", ("KEN", "UGA")),
        ("They praised the Treaty on Boats signed by Kenya and Uganda.", ("KEN", "UGA")),
        (
            "They signed a memorandum of understanding between the Ministry of Water of Kenya "
            "and the Ministry of Trade of Uganda.",
            ("KEN", "UGA"),
        ),
        ("They praised the Kenya Treaty on Boats.", ()),
        ("They praised the Kenya-CARICOM Treaty on Boats.", ("KEN", "org.caribbean-community")),
        ("A treaty on boats was signed between Kenya, Tonga and Fiji.", ("KEN", "TON", "FJI")),
    ],
)
def test_parties_are_those_it_is_between(text: str, parties: tuple[str, ...]) -> None:
    assert only(text).parties == parties


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("They praised the National Boat Agenda (NBA). The NBA works.", "NBA"),
        ("They praised the Lusaka Declaration on Boats and Ports. The Lusaka Declaration works.", "Lusaka Declaration"),
        ("They praised the Treaty on Lake Security. The Lake Security Treaty works.", "Lake Security Treaty"),
        ("They praised the UN Charter. The Charter of the United Nations works.", "Charter of the United Nations"),
        ("They praised Security Council Resolution 1234. Resolution 1234 works.", "Resolution 1234"),
        ("They praised the Nuclear Non-Proliferation Treaty. The NPT works.", "NPT"),
    ],
)
def test_short_forms_share_the_key_of_the_full_title(text: str, short: str) -> None:
    found = mentions(text)
    assert found[-1][0] == short
    assert len({m.key for _, m in found}) == 1
    assert len({m.data for _, m in found}) == 1


def test_an_acronym_of_a_body_in_a_title_is_not_the_documents() -> None:
    text = "They signed a memorandum between Kenya and the Institute of Boat Research (IBR). The IBR works."
    assert "IBR" not in names(text)


def test_two_readings_agree() -> None:
    text = "They signed the Treaty on Boats (TOB), the Paris Agreement and a protocol on ports."
    assert mentions(text) == mentions(text)
