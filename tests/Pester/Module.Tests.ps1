Describe 'The module' {
    BeforeAll {
        $module = Get-Module -Name EgressNet
    }

    It 'is loaded' {
        $module | Should -Not -BeNullOrEmpty
    }

    It 'carries the version of its assembly' {
        $name = [System.Reflection.AssemblyName]::GetAssemblyName("$($module.ModuleBase)/EgressNet.Cmdlets.dll")
        $module.Version.ToString(3) | Should -Be $name.Version.ToString(3)
    }

    It 'exports cmdlets only' {
        $module.ExportedFunctions.Values | Should -BeNullOrEmpty
        $module.ExportedAliases.Values | Should -BeNullOrEmpty
        $module.ExportedVariables.Values | Should -BeNullOrEmpty
    }

    It 'ships <_>' -ForEach 'EgressNet.Cmdlets.dll', 'EgressNet.dll', 'EgressNet.Netlink.dll' {
        [System.IO.File]::Exists([System.IO.Path]::Combine($module.ModuleBase, $_)) | Should -BeTrue
    }

    It 'ships no copy of the engine' {
        [System.IO.File]::Exists("$($module.ModuleBase)/System.Management.Automation.dll") | Should -BeFalse
    }
}
