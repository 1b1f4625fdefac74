package org.lungo.deploy.template;

import static org.lungo.deploy.template.Conversation.fails;
import static org.lungo.deploy.template.Conversation.renders;

import org.junit.jupiter.api.Test;

/**
 * Conversations in the forms of models that people have. The templates are written for this test and ask of the language
 * what those of the models ask; expected texts are from Jinja2 3.1.6.
 */
class ModelTemplatesTest {
    /** As Qwen2.5 and Qwen3: a namespace counts back to the last question, thoughts of older answers are dropped. */
    @Test
    void writesChatMlWithThoughtsAndTools() {
        renders("""
                {%- if tools %}
                    {{- '<|im_start|>system\\n' }}
                    {%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}
                    {{- '# Tools\\n<tools>' }}
                    {%- for tool in tools %}
                        {{- '\\n' }}
                        {{- tool | tojson }}
                    {%- endfor %}
                    {{- '\\n</tools><|im_end|>\\n' }}
                {%- else %}
                    {%- if messages[0].role == 'system' %}{{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}{%- endif %}
                {%- endif %}
                {%- set ns = namespace(searching=true, last=messages|length - 1) %}
                {%- for message in messages[::-1] %}
                    {%- set index = (messages|length - 1) - loop.index0 %}
                    {%- if ns.searching and message.role == 'user' and message.content is string and not (message.content.startswith('<t>') and message.content.endswith('</t>')) %}
                        {%- set ns.searching = false %}
                        {%- set ns.last = index %}
                    {%- endif %}
                {%- endfor %}
                {%- for message in messages %}
                    {%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
                        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
                    {%- elif message.role == 'assistant' %}
                        {%- set content = message.content %}
                        {%- set thoughts = '' %}
                        {%- if message.thoughts is string %}
                            {%- set thoughts = message.thoughts %}
                        {%- elif '</think>' in content %}
                            {%- set thoughts = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
                            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
                        {%- endif %}
                        {{- '<|im_start|>' + message.role + '\\n' }}
                        {%- if loop.index0 > ns.last or (loop.last and thoughts) %}{{- '<think>\\n' + thoughts.strip('\\n') + '\\n</think>\\n\\n' }}{%- endif %}
                        {{- content.lstrip('\\n') }}
                        {%- for call in message.tool_calls or [] %}{{- call.name }}{%- endfor %}
                        {{- '<|im_end|>\\n' }}
                    {%- endif %}
                {%- endfor %}
                {%- if add_generation_prompt %}
                    {{- '<|im_start|>assistant\\n' }}
                    {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}
                {%- endif %}
                """, """
                <|im_start|>system
                 Be brief.\s

                # Tools
                <tools>
                {"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer", "enum": [1, 2]}}, "required": ["city"]}}}
                </tools><|im_end|>
                <|im_start|>user
                Hé 😀?<|im_end|>
                <|im_start|>assistant
                Because. <|im_end|>
                <|im_start|>user
                <b> & "c" 'd'<|im_end|>
                <|im_start|>assistant
                """);
    }

    /** As Llama 3.1: a date by default, a system message that is taken out of the list, tools with indentation. */
    @Test
    void writesHeadersWithADate() {
        renders("""
                {{- bos_token }}
                {%- if custom_tools is defined %}
                    {%- set tools = custom_tools %}
                {%- endif %}
                {%- if not date_string is defined %}
                    {%- set date_string = "26 Jul 2024" %}
                {%- endif %}
                {%- if not tools is defined %}
                    {%- set tools = none %}
                {%- endif %}

                {#- The system message stands alone. #}
                {%- if messages[0]['role'] == 'system' %}
                    {%- set system_message = messages[0]['content']|trim %}
                    {%- set messages = messages[1:] %}
                {%- else %}
                    {%- set system_message = "" %}
                {%- endif %}
                {{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
                {{- "Today Date: " + date_string + "\\n\\n" }}
                {%- if tools is not none and not tools_in_user_message %}
                    {%- for t in tools %}
                        {{- t | tojson(indent=4) }}
                        {{- "\\n\\n" }}
                    {%- endfor %}
                {%- endif %}
                {{- system_message }}
                {{- "<|eot_id|>" }}
                {%- for message in messages %}
                    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
                        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
                    {%- elif 'tool_calls' in message %}
                        {%- if not message.tool_calls|length == 1 %}
                            {{- raise_exception("one call at a time") }}
                        {%- endif %}
                    {%- endif %}
                {%- endfor %}
                {%- if add_generation_prompt %}
                    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
                {%- endif %}
                """, """
                <s><|start_header_id|>system<|end_header_id|>

                Today Date: 26 Jul 2024

                {
                    "type": "function",
                    "function": {
                        "name": "weather",
                        "parameters": {
                            "type": "object",
                            "properties": {
                                "city": {
                                    "type": "string"
                                },
                                "days": {
                                    "type": "integer",
                                    "enum": [
                                        1,
                                        2
                                    ]
                                }
                            },
                            "required": [
                                "city"
                            ]
                        }
                    }
                }

                Be brief.<|eot_id|><|start_header_id|>user<|end_header_id|>

                Hé 😀?<|eot_id|><|start_header_id|>assistant<|end_header_id|>

                <think>why</think>

                Because.<|eot_id|><|start_header_id|>user<|end_header_id|>

                <b> & "c" 'd'<|eot_id|><|start_header_id|>assistant<|end_header_id|>

                """);
    }

    /** As Mistral: roles must alternate, tools stand before the last question. */
    @Test
    void writesInstructions() {
        renders("""
                {%- if messages[0]["role"] == "system" %}
                    {%- set system_message = messages[0]["content"] %}
                    {%- set loop_messages = messages[1:] %}
                {%- else %}
                    {%- set loop_messages = messages %}
                {%- endif %}
                {%- if not tools is defined %}{%- set tools = none %}{%- endif %}
                {%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}
                {%- set shown = [] %}
                {%- for message in loop_messages %}
                    {%- if message["role"] not in ["tool", "tool_results"] and not message.get("tool_calls") %}
                        {%- set shown = shown + [message] %}
                    {%- endif %}
                {%- endfor %}
                {%- for message in loop_messages | rejectattr("role", "equalto", "tool") | selectattr("tool_calls", "undefined") %}
                    {%- if (message["role"] == "user") != (loop.index0 % 2 == 0) %}
                        {{- raise_exception("roles must alternate user/assistant/user/assistant/...") }}
                    {%- endif %}
                {%- endfor %}
                {{- bos_token }}
                {%- for message in loop_messages %}
                    {%- if message["role"] == "user" %}
                        {%- if tools is not none and (message == user_messages[-1]) %}
                            {{- "[AVAILABLE_TOOLS] [" }}
                            {%- for tool in tools %}
                                {%- set tool = tool.function %}
                                {{- '{"type": "function", "function": {' }}
                                {%- for key, val in tool.items() if key != "return" %}
                                    {%- if val is string %}
                                        {{- '"' + key + '": "' + val + '"' }}
                                    {%- else %}
                                        {{- '"' + key + '": ' + val|tojson }}
                                    {%- endif %}
                                    {%- if not loop.last %}{{- ", " }}{%- endif %}
                                {%- endfor %}
                                {{- "}}" }}
                                {%- if not loop.last %}{{- ", " }}{%- else %}{{- "]" }}{%- endif %}
                            {%- endfor %}
                            {{- "[/AVAILABLE_TOOLS]" }}
                        {%- endif %}
                        {%- if loop.last and system_message is defined %}
                            {{- "[INST] " + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
                        {%- else %}
                            {{- "[INST] " + message["content"] + "[/INST]" }}
                        {%- endif %}
                    {%- elif message["role"] == "assistant" %}
                        {{- " " + message["content"]|trim + eos_token}}
                    {%- else %}
                        {{- raise_exception("only user and assistant are known") }}
                    {%- endif %}
                {%- endfor %}
                """, """
                <s>[INST] Hé 😀?[/INST] <think>why</think>

                Because.</s>[AVAILABLE_TOOLS] [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer", "enum": [1, 2]}}, "required": ["city"]}}}][/AVAILABLE_TOOLS][INST]  Be brief.\s

                <b> & "c" 'd'[/INST]\
                """);
    }

    /** As Gemma: a system message joins the first question, the assistant is called model. */
    @Test
    void writesTurns() {
        renders("""
                {{ bos_token }}
                {%- if messages[0]['role'] == 'system' -%}
                    {%- if messages[0]['content'] is string -%}
                        {%- set first_user_prefix = messages[0]['content'] + '\\n\\n' -%}
                    {%- else -%}
                        {%- set first_user_prefix = messages[0]['content'][0]['text'] + '\\n\\n' -%}
                    {%- endif -%}
                    {%- set loop_messages = messages[1:] -%}
                {%- else -%}
                    {%- set first_user_prefix = "" -%}
                    {%- set loop_messages = messages -%}
                {%- endif -%}
                {%- for message in loop_messages -%}
                    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
                        {{ raise_exception("Conversation roles must alternate") }}
                    {%- endif -%}
                    {%- if (message['role'] == 'assistant') -%}
                        {%- set role = "model" -%}
                    {%- else -%}
                        {%- set role = message['role'] -%}
                    {%- endif -%}
                    {{ '<start_of_turn>' + role + '\\n' + (first_user_prefix if loop.first else "") }}
                    {%- if message['content'] is string -%}
                        {{ message['content'] | trim }}
                    {%- elif message['content'] is iterable -%}
                        {%- for item in message['content'] -%}
                            {%- if item['type'] == 'image' -%}{{ '<start_of_image>' }}{%- elif item['type'] == 'text' -%}{{ item['text'] | trim }}{%- endif -%}
                        {%- endfor -%}
                    {%- else -%}
                        {{ raise_exception("Invalid content type") }}
                    {%- endif -%}
                    {{ '<end_of_turn>\\n' }}
                {%- endfor -%}
                {%- if add_generation_prompt -%}
                    {{ '<start_of_turn>model\\n' }}
                {%- endif -%}
                """, """
                <s><start_of_turn>user
                 Be brief.\s

                Hé 😀?<end_of_turn>
                <start_of_turn>model
                <think>why</think>

                Because.<end_of_turn>
                <start_of_turn>user
                <b> & "c" 'd'<end_of_turn>
                <start_of_turn>model
                """);
        fails(
                "{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('System role not "
                        + "supported') }}{% endif %}{% endfor %}",
                "line 1: System role not supported");
    }

    /** As DeepSeek: state in a namespace, a system text that grows, thoughts cut off. */
    @Test
    void writesMarksBetweenRoles() {
        renders(
                "{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% "
                        + "endif %}{% set ns = namespace(is_first=false, is_tool=false, is_output_first=true, "
                        + "system_prompt='', is_first_sp=true) %}{%- for message in messages %}{%- if "
                        + "message['role'] == 'system' %}{%- if ns.is_first_sp %}{% set ns.system_prompt = "
                        + "ns.system_prompt + message['content'] %}{% set ns.is_first_sp = false %}{%- else %}{% set "
                        + "ns.system_prompt = ns.system_prompt + '\\n\\n' + message['content'] %}{%- endif %}{%- endif "
                        + "%}{%- endfor %}{{ bos_token }}{{ ns.system_prompt }}{%- for message in messages %}{%- if "
                        + "message['role'] == 'user' %}{%- set ns.is_tool = false -%}{{'<｜User｜>' + "
                        + "message['content']}}{%- endif %}{%- if message['role'] == 'assistant' and 'tool_calls' "
                        + "not in message %}{% set content = message['content'] %}{% if '</think>' in content %}{% "
                        + "set content = content.split('</think>', 1)[1] %}{% endif %}{{'<｜Assistant｜>' + content + "
                        + "'<｜end▁of▁sentence｜>'}}{%- endif %}{%- endfor -%}{% if ns.is_tool "
                        + "%}{{'<｜tool▁outputs▁end｜>'}}{% endif %}{% if add_generation_prompt and not ns.is_tool "
                        + "%}{{'<｜Assistant｜>'}}{% endif %}",
                "<s> Be brief. <｜User｜>Hé 😀?<｜Assistant｜>\n\nBecause. <｜end▁of▁sentence｜><｜User｜><b> & \"c\" "
                        + "'d'<｜Assistant｜>");
    }

    /** As Phi and SmolLM2: a default system message, unknown roles are left out. */
    @Test
    void writesOneMarkForEachRole() {
        renders(
                "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ "
                        + "'<|im_start|>system\\nYou are helpful<|im_end|>\\n' }}{% endif %}{{'<|im_start|>' + "
                        + "message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if "
                        + "add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
                """
                <|im_start|>system
                 Be brief. <|im_end|>
                <|im_start|>user
                Hé 😀?<|im_end|>
                <|im_start|>assistant
                <think>why</think>

                Because. <|im_end|>
                <|im_start|>user
                <b> & "c" 'd'<|im_end|>
                <|im_start|>assistant
                """);
        renders(
                "{% for message in messages %}{% if message['role'] == 'system' and 'tools' in message and "
                        + "message['tools'] is not none %}{{ '<|' + message['role'] + '|>' + message['content'] + "
                        + "'<|tool|>' + message['tools'] + '<|/tool|>' + '<|end|>' }}{% else %}{{ '<|' + "
                        + "message['role'] + '|>' + message['content'] + '<|end|>' }}{% endif %}{% endfor %}{% if "
                        + "add_generation_prompt %}{{ '<|assistant|>' }}{% else %}{{ eos_token }}{% endif %}",
                "<|system|> Be brief. <|end|><|user|>Hé 😀?<|end|><|assistant|><think>why</think>\n\nBecause. "
                        + "<|end|><|user|><b> & \"c\" 'd'<|end|><|assistant|>");
    }

    /** As SmolLM3: a macro, what the system message says of modes, and marks for training. */
    @Test
    void writesThinkingModes() {
        renders("""
                {%- macro mode(text) -%}{%- if '/no_think' in text -%}{{ 'off' }}{%- else -%}{{ 'on' }}{%- endif -%}{%- endmacro -%}
                {%- if enable_thinking is not defined -%}{%- set enable_thinking = true -%}{%- endif -%}
                {%- if messages[0].role == 'system' -%}
                  {%- set thinking = mode(messages[0].content) -%}
                  {%- set instructions = messages[0].content.replace('/no_think', '').replace('/think', '').rstrip() -%}
                {%- endif -%}
                <|im_start|>system
                Thinking: {{ thinking | default('on' if enable_thinking else 'off') }}
                {{ instructions | default('Be helpful.', true) }}<|im_end|>
                {% for message in messages if message.role != 'system' %}
                  {%- set content = message.content if message.content is string else '' -%}
                  {%- if message.role == 'assistant' -%}
                    {%- generation -%}
                    {{ '<|im_start|>assistant\\n' ~ content.split('</think>')[-1].strip() ~ '<|im_end|>\\n' }}
                    {%- endgeneration -%}
                  {%- else -%}
                    {{ '<|im_start|>' ~ message.role ~ '\\n' ~ content ~ '<|im_end|>\\n' }}
                  {%- endif -%}
                {% endfor %}
                {{- '<|im_start|>assistant\\n' if add_generation_prompt }}\
                """, """
                <|im_start|>system
                Thinking: on
                 Be brief.<|im_end|>
                <|im_start|>user
                Hé 😀?<|im_end|>
                <|im_start|>assistant
                Because.<|im_end|>
                <|im_start|>user
                <b> & "c" 'd'<|im_end|>
                <|im_start|>assistant
                """);
    }
}
