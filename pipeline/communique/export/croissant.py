"""The description of a data set in Croissant 1.0 (MLCommons, https://docs.mlcommons.org/croissant/docs/croissant-spec.html)."""

from __future__ import annotations

from typing import Any

from communique.export.columns import Column, Table
from communique.export.tables import TABLES

Json = dict[str, Any]
CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
# As the specification prints it.
CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def describe(name: str, description: str, version: str, parts: tuple[list[Json], list[Json]], **more: Any) -> Json:
    """The whole description, from the distribution and the record sets; `more` are properties of schema.org."""
    distribution, record_sets = parts
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": name,
        "description": description,
        "conformsTo": CONFORMS_TO,
        **{key: value for key, value in more.items() if value},
        "version": version,
        "distribution": distribution,
        "recordSet": record_sets,
    }


def file_object(name: str, media_type: str, description: str = "") -> Json:
    """A file of the data set; its size and hash are added when it is written."""
    about = {"description": description} if description else {}
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        **about,
        "contentUrl": name,
        "encodingFormat": media_type,
    }


def file_set(name: str, includes: str, media_type: str, description: str) -> Json:
    """Files of the data set whose names match a pattern."""
    return {
        "@type": "cr:FileSet",
        "@id": name,
        "name": name,
        "description": description,
        "encodingFormat": media_type,
        "includes": includes,
    }


def table_sets(suffix: str, media_type: str) -> tuple[list[Json], list[Json]]:
    """The distribution and the record sets of flat tables, a file each."""
    files = [file_object(f"{table.name}.{suffix}", media_type, table.description) for table in TABLES]
    return files, [_record_set(table, f"{table.name}.{suffix}") for table in TABLES]


def database_sets(name: str) -> tuple[list[Json], list[Json]]:
    """The distribution of a database; Croissant has no word for its tables, the codebook tells of them."""
    tables = ", ".join(table.name for table in TABLES)
    return [file_object(name, "application/vnd.duckdb", f"A DuckDB database with the tables {tables}.")], []


def record_set(name: str, description: str, key: tuple[str, ...], columns: tuple[Column, ...], file: str) -> Json:
    """The rows of a file, with its columns."""
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": description,
        "key": [{"@id": f"{name}/{column}"} for column in key],
        "field": [_field(name, column, file) for column in columns],
    }


def _record_set(table: Table, file: str) -> Json:
    return record_set(table.name, table.description, table.key, table.columns, file)


def _field(name: str, column: Column, file: str) -> Json:
    # A reference in Croissant is one field; those that hold together with `text_id` can't be told.
    target = "texts/text_id" if column.references == "texts.text_id" else ""
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _TYPES[column.type],
        **({"references": {"field": {"@id": target}}} if target else {}),
        "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
    }
