"""What anyone would build with Rasa alone: RulePolicy, one rule per intent, the same pipeline and the same phrasings."""

from typing import Any

import yaml

from bot.adapters.rasa.training_data import to_training_data
from bot.assemble.folders import NLU_DATA
from bot.domain.knowledge import KnowledgeBase, in_language
from bot.domain.languages import GERMAN

BRACES = str.maketrans("{}", "()")  # Rasa would take what stands in braces for a slot


def to_rule_bot(knowledge: KnowledgeBase) -> str:
    """One Rasa project in one YAML text: our training data, and for every intent the rule that says its German answer."""
    project: dict[str, Any] = yaml.load(to_training_data(knowledge, NLU_DATA), Loader=yaml.CSafeLoader)
    answers = {entry.intent: in_language(entry.answers, GERMAN)[0].translate(BRACES) for entry in knowledge.entries.values()}
    project["policies"] = [{"name": "RulePolicy"}]
    project["responses"] = {f"utter_{intent}": [{"text": answers.get(intent, intent)}] for intent in project["intents"]}
    project["rules"] = [{"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]} for intent in project["intents"]]
    return yaml.dump(project, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100_000)
