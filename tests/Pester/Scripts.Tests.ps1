BeforeDiscovery {
    $root = Resolve-Path $PSScriptRoot/../..
    $toRun = Get-Item $root/build.ps1, $root/examples/*.ps1
    $scripts = $toRun + (Get-Item $PSScriptRoot/*.ps1)
}

Describe 'The scripts of the repository' {
    BeforeAll {
        function Get-Ast([System.IO.FileInfo] $File) {
            $faults = $null
            [System.Management.Automation.Language.Parser]::ParseFile($File.FullName, [ref] $null, [ref] $faults)
            $faults | ForEach-Object { "$($_.Extent.StartLineNumber): $($_.Message)" } | Should -BeNullOrEmpty
        }

        # A script block as the test would be called for each of a script's thousands of nodes.
        function Find-Ast([System.Management.Automation.Language.Ast] $In, [string] $Kind) {
            $type = [type] "System.Management.Automation.Language.$Kind"
            $In.FindAll([type].GetMethod('IsInstanceOfType').CreateDelegate([Func[object, bool]], $type), $true)
        }

        # Programs, which a machine may lack, and the functions that scripts share.
        $elsewhere = @(
            'dotnet', 'git', 'ip', 'mount', 'nft', 'nsenter', 'ping', 'pwsh', 'setpriv', 'sh', 'sysctl', 'unshare'
            Get-Item $PSScriptRoot/*.ps1, $PSScriptRoot/../../examples/*.ps1, $PSScriptRoot/../../build.ps1 |
                ForEach-Object { Find-Ast (Get-Ast $_) FunctionDefinitionAst } | ForEach-Object Name
        )
    }

    It 'has existing commands and parameters, no alias: <_.Name>' -ForEach $scripts {
        $uses = Find-Ast (Get-Ast $_) CommandAst | Group-Object { $_.GetCommandName() } |
            Where-Object { $_.Name -and -not $_.Name.Contains('/') -and $_.Name -notin $elsewhere }
        foreach ($use in $uses) {
            $command = Get-Command $use.Name -ErrorAction Ignore
            $command.CommandType | Should -BeIn 'Cmdlet', 'Function', 'Application' -Because "$($use.Name) is said"
            # Should has a parameter for each of its operators, which come while it runs.
            if ($command.CommandType -ne 'Application' -and $command.Source -ne 'Pester') {
                $known = $command.Parameters.Values.Name + $command.Parameters.Values.Aliases
                $use.Group.CommandElements.ParameterName | Where-Object { $_ -and $_ -notin $known } |
                    Should -BeNullOrEmpty -Because "$($use.Name) is given them"
            }
        }
    }

    It 'is strict and explained: <_.Name>' -ForEach $toRun {
        $ast = Get-Ast $_
        $help = $ast.GetHelpContent()
        $ast.ParamBlock.Attributes.TypeName.Name | Should -Contain 'CmdletBinding'
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Examples | Should -Not -BeNullOrEmpty
        $ast.ParamBlock.Parameters.Name.VariablePath.UserPath | Should -BeIn $help.Parameters.Keys
        $ast.Extent.Text | Should -MatchExactly 'Set-StrictMode -Version'
        $ast.Extent.Text | Should -MatchExactly ([regex]::Escape('$ErrorActionPreference = ''Stop'''))
    }
}
