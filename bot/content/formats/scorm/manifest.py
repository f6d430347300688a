"""The manifest of a package, as SCORM 1.2 has it (SCORM Content Aggregation Model 1.2, sections 2.3 and 3; IMS Content Packaging 1.1.2)."""

from collections.abc import Iterable
from string import Template
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from bot.content.model import Module

NAME: Final = "imsmanifest.xml"
ENTRY: Final = "index.html"
_MANIFEST: Final = Template("""\
<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="$identifier" version="1.0"
    xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd
                        http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd
                        http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <imsmd:lom>
      <imsmd:general>
        <imsmd:title>$titled</imsmd:title>
        <imsmd:language>$language</imsmd:language>
        <imsmd:description>$described</imsmd:description>$keywords
      </imsmd:general>
    </imsmd:lom>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>$title</title>
      <item identifier="module" identifierref="player" isvisible="true">
        <title>$title</title>
        <adlcp:masteryscore>$pass_mark</adlcp:masteryscore>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="player" type="webcontent" adlcp:scormtype="sco" href="$entry">
$files
    </resource>
  </resources>
</manifest>
""")


def manifest(module: Module, files: Iterable[str]) -> bytes:
    """Return the manifest of a package with these files."""
    written = _MANIFEST.substitute(
        identifier=f"sinau-{module.id}",  # an XML name begins with no digit, as the id of a module may
        language=module.language,
        title=escape(module.title),
        titled=_in_language(module.title, module),
        described=_in_language(module.summary, module),
        keywords="".join(f"\n        <imsmd:keyword>{_in_language(tag, module)}</imsmd:keyword>" for tag in module.tags),
        pass_mark=module.quiz.pass_mark,
        entry=ENTRY,
        files="\n".join(f"      <file href={quoteattr(file)}/>" for file in files),
    )
    return written.encode()


def _in_language(text: str, module: Module) -> str:
    return f'<imsmd:langstring xml:lang="{module.language}">{escape(text)}</imsmd:langstring>'
