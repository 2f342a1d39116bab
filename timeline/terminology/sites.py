"""Sites of the body, recognised by their words: where a new lesion was seen.

A phrase is a site where one of its words is anatomical, whatever the other words are (``left
adrenal gland``, ``segment VIII of the liver``, ``LYMPH NODE, AXILLARY``). Any other site can be
written with the word ``other`` before it.
"""

from __future__ import annotations

import difflib
import re

# Whole words: short ones, and those that other words contain.
WORDS = frozenset(
    """
    abdomen adductor adnexa adrenal adrenals anal anastomosis ankle antecubital antrum anus
    aorta aortic appendix arm arms artery ascites atlas atrium axilla axillae axillary axis back
    biceps bladder bone bones bowel bowels brain breast breasts bronchi bronchus bursa buttock
    caecum calf callosum calvaria calvarium canal canthus capsule carina carotid cauda cavernous
    cavum cecum cerebellum cerebrum cervical cervix cheek chest chin clavicle clavicles clivus
    cns coccygeal coccygeum coccyx colon cord cornea cranial cranium csf cul-de-sac dermis
    diaphragm disc disk dorsal douglas duct ducts dura dural ear ears elbow epididymis
    epiglottis equina esophagus extremities extremity eye eyelid eyes face facial falx fascia
    fat feet femora femoral femur fibula filum finger flank fontanelle foot forearm forehead
    fossa gallbladder ganglia ganglion ge gej gerota gland glands glottis goj gracilis groin
    groins gum gums gut hallux hamstring hand hands head heart heel hila hilar hilum hip hips
    humeri humerus ileal ileum ilia iliac iliopsoas ilium infraspinatus iris ischium ivc jaw
    jejunum joint kidney kidneys knee knees labia labium lacrimal larynx leg legs limb limbs
    lingula lip lips liver lll ln lnn lns lul lumbar lung lungs lymph mammary mandible marrow
    masseter mastoid maxilla maxillary meninges mesentery mouth muscle muscles nail nasal navel
    neck nerve nerves nipple nodal node nodes nose occiput odontoid oesophagus omentum omphalos
    optic oral orbit orbital orbits ovaries ovary palate palm pancreas parotid patella pelvic
    pelvis penis perineum pharynx pineal placenta pleura plexus pons porta pouch prostate pubis
    pylorus radius rectal rectum rectus retina rib ribs rll rml rul sacral sacrum sartorius
    scalp scapula scar scf sclera scrotum shin shoulder shoulders sigmoid sinus sinuses skeletal
    skeleton skin skull soleus spinal spine spleen splenic sternum stomach stump subscapularis
    supraspinatus svc synovium temple tendon testes testicle testis thalamus thigh thighs
    thoracic thorax throat thumb thymus thyroid tibia toe toes tongue tonsil tonsils trachea
    trapezius triceps trunk tube tubes tumor-bed tumour-bed ulna umbilicus urachus ureter
    ureters urethra uterus uvea uvula vagina vallecula vein veins vertebra vertebrae vertebral
    vessel vessels vestibule viscera visceral vitreous vulva wrist
    """.split()  # noqa: SIM905
)

# Parts of words: anatomical roots that adjectives and compounds carry.
ROOTS = (
    *("abdomin", "acetabul", "adren", "amygdal", "aorto", "appendic", "arachnoid", "arteri"),
    *("axill", "biliar", "brachi", "bronch", "cardiac", "cardial", "cardium", "carcinomatosis"),
    *("cardio", "caud", "cerebell", "cerebr", "choledoch", "chorio", "choroid", "clavic", "celiac"),
    *("coeliac", "colon", "colorect", "conjunctiv", "costal", "crani", "cutan", "derm", "duoden"),
    *("endometri", "epigastr", "erector", "esophag", "ethmoid", "fallopian", "frontal", "gastr"),
    *("genital", "gingiv", "glute", "hepat", "hilar", "humer", "hypochondri", "hypogastr"),
    *("hypophys", "hypothalam", "iliac", "ileo", "inguin", "intestin", "jugul", "laryn", "lingual"),
    *("lymphaden", "lymphangi", "lymphat", "lymphonod", "mamm", "medull", "mediastin", "mening"),
    *("mesenter", "mesocol", "mesorect", "metacarp", "metatars", "myocard", "myometri", "neural"),
    *("occipit", "ocular", "omental", "ophthalm", "osseous", "osteo", "ovari", "palat", "pancrea"),
    *("paracaval", "paracolic", "parametri", "paranasal", "parenchym", "pariet", "parotid"),
    *(
        "pericard",
        "perine",
        "peritone",
        "pharyn",
        "phrenic",
        "pituitar",
        "plantar",
        "pleur",
        "poplite",
    ),
    *("presacr", "prostat", "psoas", "pterygo", "pubic", "pulmo", "renal", "retrocrural", "sacr"),
    *(
        "scapul",
        "scrotal",
        "sella",
        "soft tissue",
        "sphenoid",
        "spleno",
        "sternal",
        "dural",
        "mandibul",
        "mesotheli",
        "ligament",
        "rotator",
        "subcarin",
    ),
    *("subphren", "temporal", "tentori", "testic", "thorac", "thym", "thyro", "trache", "tracheo"),
    *("umbilic", "ureter", "urethr", "uterin", "vagin", "vascul", "venous", "ventric", "vertebr"),
    *("vulv", "zygoma", "brainstem", "backbone", "ampulla", "vater", "papilla", "cava", "caval"),
    *("aortocaval", "hemithorax", "musc", "pectoral", "deltoid", "latissimus", "quadriceps"),
    *("trapezius", "intercostal", "port site", "tumour bed", "tumor bed", "surgical bed"),
    *("dural", "mandibul", "mesotheli", "ligament", "rotator"),
    *("resection margin", "resection bed", "chest wall", "effusion"),
)

_LEVEL = r"(?:c[1-7]|(?:t|th|d)(?:1[0-2]|[1-9])|l[1-6]|s(?:v?i{1,3}|iv|vi?|[1-8])|co[1-5])"
_PLACES = re.compile(
    rf"\b{_LEVEL}(?:\s*[-/]\s*(?:{_LEVEL}|[0-9]{{1,2}}))?\b"  # a vertebra; a segment
    r"|\bsegments?\s+(?:[1-9]|1[0-2]|iv|v?i{1,3}|v|vi|ix|x)(?:[ab]|/[1-8])?\b"
    r"|\b(?:level|station)s?\s+(?:1[0-4]|[1-9]|iv|v?i{1,3}|vi?)[abrl]?\b"
)

# Words that make a phrase something other than the site of a new lesion.
DENIES = frozenset("no not none without absent negative nil never nothing".split())  # noqa: SIM905
DOUBTS = frozenset(
    """
    possible possibly probable probably suspected suspicious suspicion equivocal questionable
    indeterminate doubtful maybe perhaps uncertain unclear
    """.split()  # noqa: SIM905
)
IS_OLD = frozenset(
    """
    stable unchanged resolved gone disappeared smaller decreased shrunk regressed healed known
    """.split()  # noqa: SIM905
)
_OTHER = re.compile(r"(?:other|site)\s*[: ]\s*(?P<site>.*[a-z].*)", re.IGNORECASE)


class Site(str):
    """A site that was read; it is not judged again when an event is copied."""

    __slots__ = ()


def site(text: str) -> Site:
    """A site of the body as printed. Raises: ValueError with the reason and what to write."""
    if isinstance(text, Site):
        return text
    plain = " ".join(text.split())
    other = _OTHER.fullmatch(plain)
    if other and not site_named(plain.lower()):
        return Site(other["site"].strip())
    words = set(re.findall(r"[a-z]+", plain.lower()))
    if words & DENIES:
        raise ValueError(f"not a site: {plain!r} (write none, or the sites of new lesions alone)")
    if words & DOUBTS:
        raise ValueError(
            f"a lesion in doubt: {plain!r} (write equivocal: with a name for it, such as liver)"
        )
    if words & IS_OLD:
        raise ValueError(
            f"not a new lesion: {plain!r} (new: takes sites of lesions first seen at this scan)"
        )
    if site_named(plain.lower()):
        return Site(other["site"].strip() if other else plain)
    raise ValueError(f"not a site of the body: {plain!r} ({_advice(plain.lower())})")


def site_named(text: str) -> bool:
    """Whether a phrase in small letters names a place of the body."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
    parts = {part for word in words for part in (word, *word.split("-"))}
    return bool(parts & WORDS or any(root in text for root in ROOTS) or _PLACES.search(text))


def _advice(text: str) -> str:
    near = difflib.get_close_matches(text, WORDS, n=1, cutoff=0.75)
    advice = f"did you mean {near[0]}? " if near else ""
    return (
        f"{advice}write a site such as liver or left lung; none; NE for not evaluated; "
        "or other: and the site, in quotes"
    )
